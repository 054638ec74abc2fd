package io.ocssd.ftl.vblock;

/**
 * Where the sectors of a vblock's stream lie: pure functions.
 *
 * <p>Each block is cut into rows of ws_opt sectors. Row 0 begins with the block's header of ws_min sectors, so its unit is
 * shorter (and empty when ws_min is ws_opt); the last row is shorter when the block is no multiple of ws_opt. The stream runs
 * through the units of row 0 of all blocks, then of row 1, and so on:
 *
 * <pre>
 *            block 0   block 1   block 2         width 3, ws_min 2, ws_opt 4
 *   row 0    h h 0 1   h h 2 3   h h 4 5         h = header
 *   row 1    6 7 8 9   10 .. 13  14 .. 17
 * </pre>
 *
 * <p>Programs of whole units so are aligned to ws_opt in their block, and neighbours are on different LUNs. Immutable.
 */
final class StripeLayout {
    private final int width;
    private final int wsMin;
    private final int wsOpt;
    private final int sectorsPerBlock;
    private final int firstUnit;
    private final long firstRow;

    /**
     * A layout.
     *
     * @param width blocks
     * @param sectorsPerBlock a multiple of {@code wsMin}
     */
    StripeLayout(int width, int wsMin, int wsOpt, int sectorsPerBlock) {
        if (width < 1 || sectorsPerBlock % wsMin != 0 || sectorsPerBlock <= wsMin) {
            throw new IllegalArgumentException(
                    "width=" + width + ", wsMin=" + wsMin + ", sectorsPerBlock=" + sectorsPerBlock);
        }
        this.width = width;
        this.wsMin = wsMin;
        this.wsOpt = wsOpt;
        this.sectorsPerBlock = sectorsPerBlock;
        this.firstUnit = Math.min(wsOpt, sectorsPerBlock) - wsMin;
        this.firstRow = (long) width * firstUnit;
    }

    /** Blocks. */
    int width() {
        return width;
    }

    /** Sectors of the stream. */
    long sectors() {
        return (long) width * (sectorsPerBlock - wsMin);
    }

    /** The block that holds a sector of the stream, 0 to width - 1. */
    int place(long streamSector) {
        if (streamSector < firstRow) {
            return (int) (streamSector / firstUnit);
        }
        long row = row(streamSector);
        return (int) (inRow(streamSector, row) / unit(row));
    }

    /** The sector within its block. */
    int sector(long streamSector) {
        if (streamSector < firstRow) {
            return wsMin + (int) (streamSector % firstUnit);
        }
        long row = row(streamSector);
        return (int) (row * wsOpt + inRow(streamSector, row) % unit(row));
    }

    /** Sectors from here to the end of the unit, at least 1. */
    int run(long streamSector) {
        if (streamSector < firstRow) {
            return firstUnit - (int) (streamSector % firstUnit);
        }
        long row = row(streamSector);
        int unit = unit(row);
        return unit - (int) (inRow(streamSector, row) % unit);
    }

    /** Units that have a sector in {@code from} to {@code to - 1}. */
    long units(long from, long to) {
        return from >= to ? 0 : unitNumber(to - 1) - unitNumber(from) + 1;
    }

    /** The sector of the stream that lies at a sector of a block: the inverse of {@link #place} and {@link #sector}. */
    long streamSector(int place, int sector) {
        if (place < 0 || place >= width || sector < wsMin || sector >= sectorsPerBlock) {
            throw new IllegalArgumentException("place=" + place + ", sector=" + sector);
        }
        int row = sector / wsOpt;
        if (row == 0) {
            return (long) place * firstUnit + sector - wsMin;
        }
        return firstRow + (long) width * wsOpt * (row - 1) + (long) place * unit(row) + sector % wsOpt;
    }

    /**
     * Sectors of a block that are written when the stream is, up to a sector of it: with the header, at least ws_min.
     *
     * @param streamEnd the first sector that is not, up to {@link #sectors}
     */
    int written(int place, long streamEnd) {
        if (streamEnd <= firstRow) {
            long before = (long) place * firstUnit;
            return wsMin + (int) Math.max(0, Math.min(firstUnit, streamEnd - before));
        }
        if (streamEnd >= sectors()) {
            return sectorsPerBlock;
        }
        long row = row(streamEnd);
        int unit = unit(row);
        long before = (long) place * unit;
        return (int) (row * wsOpt + Math.max(0, Math.min(unit, inRow(streamEnd, row) - before)));
    }

    private long unitNumber(long streamSector) {
        if (streamSector < firstRow) {
            return streamSector / firstUnit;
        }
        long row = row(streamSector);
        return row * width + inRow(streamSector, row) / unit(row);
    }

    /** For sectors behind row 0. */
    private long row(long streamSector) {
        return 1 + (streamSector - firstRow) / ((long) width * wsOpt);
    }

    private long inRow(long streamSector, long row) {
        return streamSector - firstRow - (row - 1) * width * wsOpt;
    }

    private int unit(long row) {
        return (int) Math.min(wsOpt, sectorsPerBlock - row * wsOpt);
    }
}
