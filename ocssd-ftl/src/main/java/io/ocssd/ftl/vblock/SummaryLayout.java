package io.ocssd.ftl.vblock;

import io.ocssd.ftl.media.Checksum;
import java.nio.ByteBuffer;

/**
 * The summary of a sealed vblock: the last ws_min unit of its stream. Little endian.
 *
 * <pre>
 *    0      +---------------------------------------------------------------+
 *           | magic "OCSSDSUM"                                              |
 *    8      +---------------+---------------+-------------------------------+
 *           | version       | flags         | length of the summary, bytes  |
 *   16      +---------------+---------------+-------------------------------+
 *           | drive id                                                      |
 *   24      +---------------------------------------------------------------+
 *           | vblock id (its sequence: it is sealed once)                   |
 *   32      +---------------------------------------------------------------+
 *           | payload of the vblock, bytes                                  |
 *   40      +-------------------------------+-------------------------------+
 *           | number of extents below       | moves of blocks               |
 *   48      +-------------------------------+-------------------------------+
 *           | CRC32C of the extents         | CRC32C of bytes 0 to 51       |
 *   56      +-------------------------------+-------------------------------+
 *           | extents, one after the other                                  |
 *  length   +---------------------------------------------------------------+
 *           | zeros to the end of the unit                                  |
 *           +---------------------------------------------------------------+
 *
 *  extent:
 *    0      +---------------------------------------------------------------+
 *           | payload offset of its first byte                              |
 *    8      +---------------------------------------------------------------+
 *           | stream sector where it begins; bit 63: raw, without a frame   |
 *           +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The first sector tells all but the extents, so that is all that an opening reads. Flag 1: the extents did not fit, none
 * is here, and the stream has to be scanned for them. The moves are the generations of blocks that the vblock has.
 */
final class SummaryLayout {
    /** "OCSSDSUM", read as a little-endian long. */
    static final long MAGIC = 0x4d5553445353434fL;

    static final int VERSION = 2;
    static final int SCAN_NEEDED = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int FLAGS_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int LENGTH_OFFSET = FLAGS_OFFSET + Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int VBLOCK_ID_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int PAYLOAD_OFFSET = VBLOCK_ID_OFFSET + Long.BYTES;
    static final int EXTENT_COUNT_OFFSET = PAYLOAD_OFFSET + Long.BYTES;
    static final int MOVES_OFFSET = EXTENT_COUNT_OFFSET + Integer.BYTES;
    static final int EXTENTS_CRC_OFFSET = MOVES_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = EXTENTS_CRC_OFFSET + Integer.BYTES;
    static final int EXTENTS_OFFSET = CRC_OFFSET + Integer.BYTES;

    static final int EXTENT_BYTES = 2 * Long.BYTES;

    private static final long RAW = Long.MIN_VALUE;

    private SummaryLayout() {}

    /** Extents that fit a unit. */
    static int mostExtents(int unitBytes) {
        return (unitBytes - EXTENTS_OFFSET) / EXTENT_BYTES;
    }

    /**
     * Writes a summary and zeros behind it.
     *
     * @param buffer little endian; from 0 to {@code unitBytes} it is overwritten
     * @return length of the summary
     */
    static int encode(
            ByteBuffer buffer,
            int unitBytes,
            long driveId,
            long vblockId,
            int moves,
            ExtentMap extents,
            Checksum checksum) {
        for (int i = 0; i < unitBytes; i += Long.BYTES) {
            buffer.putLong(i, 0);
        }
        boolean fits = extents.count() <= mostExtents(unitBytes);
        int count = fits ? extents.count() : 0;
        int length = EXTENTS_OFFSET + count * EXTENT_BYTES;
        buffer.putLong(MAGIC_OFFSET, MAGIC);
        buffer.putShort(VERSION_OFFSET, (short) VERSION);
        buffer.putShort(FLAGS_OFFSET, (short) (fits ? 0 : SCAN_NEEDED));
        buffer.putInt(LENGTH_OFFSET, length);
        buffer.putLong(DRIVE_ID_OFFSET, driveId);
        buffer.putLong(VBLOCK_ID_OFFSET, vblockId);
        buffer.putLong(PAYLOAD_OFFSET, extents.length());
        buffer.putInt(EXTENT_COUNT_OFFSET, count);
        buffer.putInt(MOVES_OFFSET, moves);
        for (int i = 0; i < count; i++) {
            int at = EXTENTS_OFFSET + i * EXTENT_BYTES;
            buffer.putLong(at, extents.start(i));
            buffer.putLong(at + Long.BYTES, extents.streamSector(i) | (extents.isRaw(i) ? RAW : 0));
        }
        buffer.putInt(EXTENTS_CRC_OFFSET, checksum.of(buffer, EXTENTS_OFFSET, count * EXTENT_BYTES));
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, 0, CRC_OFFSET));
        return length;
    }

    /**
     * Whether a valid summary of this vblock begins here; its extents are not looked at.
     *
     * @param buffer little endian; one sector is enough
     * @param offset where its unit begins
     */
    static boolean isSummary(
            ByteBuffer buffer, int offset, int unitBytes, long driveId, long vblockId, Checksum checksum) {
        if (buffer.getLong(offset + MAGIC_OFFSET) != MAGIC
                || buffer.getShort(offset + VERSION_OFFSET) != VERSION
                || buffer.getInt(offset + CRC_OFFSET) != checksum.of(buffer, offset, CRC_OFFSET)) {
            return false;
        }
        int count = buffer.getInt(offset + EXTENT_COUNT_OFFSET);
        return buffer.getLong(offset + DRIVE_ID_OFFSET) == driveId
                && buffer.getLong(offset + VBLOCK_ID_OFFSET) == vblockId
                && buffer.getLong(offset + PAYLOAD_OFFSET) >= 0
                && count >= 0
                && count <= mostExtents(unitBytes)
                && buffer.getInt(offset + LENGTH_OFFSET) == EXTENTS_OFFSET + count * EXTENT_BYTES;
    }

    /** Bytes of payload that a valid summary tells of. */
    static long payload(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + PAYLOAD_OFFSET);
    }

    /** Moves of blocks that a valid summary tells of. */
    static int moves(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + MOVES_OFFSET);
    }

    /** Extents that a valid summary has, or -1 when the stream has to be scanned for them. */
    static int extentCount(ByteBuffer buffer, int offset) {
        boolean scan = (buffer.getShort(offset + FLAGS_OFFSET) & SCAN_NEEDED) != 0;
        return scan ? -1 : buffer.getInt(offset + EXTENT_COUNT_OFFSET);
    }

    /**
     * The extents of a valid summary, of which the whole unit is there.
     *
     * @return null when they are not there, or damaged
     */
    static ExtentMap extents(ByteBuffer buffer, int offset, StripeLayout layout, Checksum checksum) {
        int count = extentCount(buffer, offset);
        if (count < 0
                || buffer.getInt(offset + EXTENTS_CRC_OFFSET)
                        != checksum.of(buffer, offset + EXTENTS_OFFSET, count * EXTENT_BYTES)) {
            return null;
        }
        ExtentMap extents = new ExtentMap(count);
        for (int i = 0; i < count; i++) {
            int at = offset + EXTENTS_OFFSET + i * EXTENT_BYTES;
            long place = buffer.getLong(at + Long.BYTES);
            if ((place & ~RAW) >= layout.sectors()) {
                return null;
            }
            extents.addStored(buffer.getLong(at), place & ~RAW, (place & RAW) != 0);
        }
        extents.cut(count, payload(buffer, offset));
        return extents;
    }
}
