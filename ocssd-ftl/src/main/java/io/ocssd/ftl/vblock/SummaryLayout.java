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
 *           | number of extents below       | CRC32C, computed with 0 here  |
 *   48      +-------------------------------+-------------------------------+
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
 * <p>Flag 1: the extents did not fit, none is here, and the stream has to be scanned for them.
 */
final class SummaryLayout {
    /** "OCSSDSUM", read as a little-endian long. */
    static final long MAGIC = 0x4d5553445353434fL;

    static final int VERSION = 1;
    static final int SCAN_NEEDED = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int FLAGS_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int LENGTH_OFFSET = FLAGS_OFFSET + Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int VBLOCK_ID_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int PAYLOAD_OFFSET = VBLOCK_ID_OFFSET + Long.BYTES;
    static final int EXTENT_COUNT_OFFSET = PAYLOAD_OFFSET + Long.BYTES;
    static final int CRC_OFFSET = EXTENT_COUNT_OFFSET + Integer.BYTES;
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
            ByteBuffer buffer, int unitBytes, long driveId, long vblockId, ExtentMap extents, Checksum checksum) {
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
        for (int i = 0; i < count; i++) {
            int at = EXTENTS_OFFSET + i * EXTENT_BYTES;
            buffer.putLong(at, extents.start(i));
            buffer.putLong(at + Long.BYTES, extents.streamSector(i) | (extents.isRaw(i) ? RAW : 0));
        }
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, 0, length));
        return length;
    }

    /**
     * Reads a summary.
     *
     * @param buffer little endian
     * @param offset where its unit begins
     * @return null when there is no valid summary of this vblock, or none with extents
     */
    static ExtentMap decode(
            ByteBuffer buffer,
            int offset,
            int unitBytes,
            long driveId,
            long vblockId,
            StripeLayout layout,
            Checksum checksum) {
        if (buffer.getLong(offset + MAGIC_OFFSET) != MAGIC
                || buffer.getShort(offset + VERSION_OFFSET) != VERSION
                || buffer.getLong(offset + DRIVE_ID_OFFSET) != driveId
                || buffer.getLong(offset + VBLOCK_ID_OFFSET) != vblockId
                || (buffer.getShort(offset + FLAGS_OFFSET) & SCAN_NEEDED) != 0) {
            return null;
        }
        int length = buffer.getInt(offset + LENGTH_OFFSET);
        int count = buffer.getInt(offset + EXTENT_COUNT_OFFSET);
        if (count < 0
                || count > mostExtents(unitBytes)
                || length != EXTENTS_OFFSET + count * EXTENT_BYTES
                || !checksum.isValid(buffer, offset, length, CRC_OFFSET)) {
            return null;
        }
        ExtentMap extents = new ExtentMap();
        for (int i = 0; i < count; i++) {
            int at = offset + EXTENTS_OFFSET + i * EXTENT_BYTES;
            long place = buffer.getLong(at + Long.BYTES);
            if ((place & ~RAW) >= layout.sectors()) {
                return null;
            }
            extents.addStored(buffer.getLong(at), place & ~RAW, (place & RAW) != 0);
        }
        extents.cut(count, buffer.getLong(offset + PAYLOAD_OFFSET));
        return extents;
    }
}
