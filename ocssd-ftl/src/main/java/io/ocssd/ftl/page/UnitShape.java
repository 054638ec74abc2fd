package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.error.NoSpaceException;
import io.ocssd.vblock.Vblocks;

/**
 * How a block device is cut into units.
 *
 * @param units there are
 * @param width LUNs of each
 * @param pagesPerUnit places of each, for pages and batches
 * @param sectors that users see
 */
record UnitShape(int units, int width, int pagesPerUnit, long sectors) {
    /** Trims that a batch holds at most. */
    static final int MOST_TRIMS = 128;

    /** Most sectors of an atomic write, if a unit has so many. */
    static final int MOST_ATOMIC = 256;

    /** Units that may be open at the same time: one for users, one for what is moved. */
    static final int OPEN = 2;

    /** Vblocks open for writing at the same time: those, and one for a checkpoint. */
    static final int WRITERS = OPEN + 1;

    /** Units that are not counted on, so that blocks can go bad and the journal can move. */
    static final int SLACK = 2;

    /** Units of the reserve. */
    int reserve(Flash flash) {
        return flash.syncWaste(width) == 0 ? 1 : 2;
    }

    /**
     * What of the drive below matters here.
     *
     * @param unitBytes of the least program
     * @param syncSectors that a sync adds to each block of a vblock, at most
     */
    record Flash(int unitBytes, int sectorBytes, int syncSectors) {
        /** Pages that a sync may take from a unit for its padding. */
        int syncWaste(int width) {
            return (int) (((long) syncSectors * sectorBytes * width + BlockDevice.SECTOR_BYTES - 1)
                    / BlockDevice.SECTOR_BYTES);
        }
    }

    /** Places that the largest batch takes. */
    int mostBatchPlaces() {
        return mostBatchPlaces(pagesPerUnit);
    }

    private static int mostBatchPlaces(int pages) {
        return BatchLayout.places(pages + MOST_TRIMS, BlockDevice.SECTOR_BYTES);
    }

    /** Most sectors of an atomic write. */
    int mostAtomic() {
        return Math.max(1, Math.min(MOST_ATOMIC, pagesPerUnit - 2 * mostBatchPlaces()));
    }

    /** Vblocks of a checkpoint. */
    static int checkpointVblocks(long sectors, int units, long capacityBytes) {
        long bytes = CheckpointLayout.bytes(sectors, units);
        return (int) ((bytes + capacityBytes - 1) / capacityBytes);
    }

    /**
     * Chooses the shape of a new block device.
     *
     * @param vblocks of a target that holds none
     * @throws NoSpaceException when the target is too small for what is asked
     */
    static UnitShape choose(Vblocks vblocks, BlockFormat format, Flash flash) throws NoSpaceException {
        int width = format.width();
        if (width > vblocks.maxWidth()) {
            throw new IllegalArgumentException("width=" + width + ", maxWidth=" + vblocks.maxWidth());
        }
        if (width == 0) {
            width = vblocks.maxWidth();
            while (width > 1
                    && (vblocks.available(width) < BlockFormat.FEWEST_CHOSEN_UNITS
                            || vblocks.maxWriters(width) < WRITERS)) {
                width--;
            }
        }
        if (vblocks.maxWriters(width) < WRITERS) {
            throw new NoSpaceException(
                    "a block device with units of " + width + " LUNs has " + WRITERS * width
                            + " blocks open, and the target may have too few or has too little window memory",
                    "ask for a smaller width, or give the target more open blocks with ocssd target resize NAME"
                            + " --open-blocks");
        }
        return sized(vblocks, format, flash, width);
    }

    private static UnitShape sized(Vblocks vblocks, BlockFormat format, Flash flash, int width)
            throws NoSpaceException {
        long capacityBytes = vblocks.capacityBytes(width);
        int pages = (int) Math.min(Integer.MAX_VALUE, capacityBytes / BlockDevice.SECTOR_BYTES);
        int available = vblocks.available(width) - SLACK;
        int usable = pages - mostBatchPlaces(pages) - unaligned(flash) - flash.syncWaste(width);
        long most = 0;
        int units = available;
        // A map of more sectors takes more vblocks for its checkpoints, which leave fewer units; two settle it.
        for (int i = 0; i < 3; i++) {
            UnitShape shape = new UnitShape(Math.max(1, units), width, Math.max(1, pages), 1);
            most = Math.max(0, (long) Math.floor(
                    (units - OPEN - shape.reserve(flash) - 1L) * (double) usable / (1 + format.overprovision())));
            units = available - 2 * checkpointVblocks(most, available, capacityBytes);
        }
        if (usable < 1 || most < 1 || units < 1 || format.sectors() > most) {
            throw new NoSpaceException(
                    "the target has room for " + Math.max(0, most) + " sectors with overprovision="
                            + format.overprovision() + " and units of " + width + " LUNs"
                            + (format.sectors() > 0 ? ", and " + format.sectors() + " were asked for" : ""),
                    "ask for fewer sectors, less overprovisioning or another width, or give the target more blocks");
        }
        if ((long) units * pages > Integer.MAX_VALUE) {
            throw new NoSpaceException(
                    "units=" + units + " of " + pages + " pages are more than a map can tell apart, "
                            + Integer.MAX_VALUE,
                    "make targets of at most 8 TiB");
        }
        return new UnitShape(units, width, pages, format.sectors() > 0 ? format.sectors() : most);
    }

    /** Pages that stand behind the last whole program unit of a sync take one more at most, and so does each frame's header. */
    private static int unaligned(Flash flash) {
        return 2 * ((flash.unitBytes() + BlockDevice.SECTOR_BYTES - 1) / BlockDevice.SECTOR_BYTES);
    }
}
