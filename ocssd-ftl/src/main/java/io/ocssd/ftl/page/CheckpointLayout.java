package io.ocssd.ftl.page;

import io.ocssd.ftl.media.Checksum;
import java.nio.ByteBuffer;

/**
 * A checkpoint: the units and where each page stands in them. It lies in the payload of as many vblocks as it takes, each full
 * but the last. Little endian.
 *
 * <pre>
 *    0               +---------------+---------------+-------------------------------+
 *                    | magic "OCPC"  | version       | format id                     |
 *   16               +---------------+---------------+-------------------------------+
 *                    | number                        | sequence                      |
 *   32               +-------------------------------+-------------------------------+
 *                    | sectors                       | units         | pages a unit  |
 *   48               +---------------+---------------+---------------+---------------+
 *                    | LUNs a unit   | zeros                         | CRC32C of 0-59|
 *   64               +---------------+-------------------------------+---------------+
 *                    | id of the vblock of each unit, 0 for none: 8 bytes a unit     |
 *   64 + 8 * units   +---------------------------------------------------------------+
 *                    | place of each sector, -1 for none: 4 bytes a sector           |
 *                    +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Behind that, CRC32C of each piece of {@link #PIECE_BYTES} bytes behind the header, 4 bytes a piece. The place is the unit
 * times the pages of a unit plus the place in it. The sequence is the first that the checkpoint does not know of.
 */
final class CheckpointLayout {
    /** "OCPC", read as a little-endian int. */
    static final int MAGIC = 0x4350434f;

    static final int VERSION = 1;

    static final int HEADER_BYTES = 64;
    /** What one checksum covers. */
    static final int PIECE_BYTES = 1 << 16;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
    static final int FORMAT_ID_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int NUMBER_OFFSET = FORMAT_ID_OFFSET + Long.BYTES;
    static final int SEQUENCE_OFFSET = NUMBER_OFFSET + Long.BYTES;
    static final int SECTORS_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int UNITS_OFFSET = SECTORS_OFFSET + Long.BYTES;
    static final int PAGES_OFFSET = UNITS_OFFSET + Integer.BYTES;
    static final int WIDTH_OFFSET = PAGES_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = HEADER_BYTES - Integer.BYTES;

    /**
     * The header.
     *
     * @param number 1 for the first of the format, one more for each
     * @param sequence the first that it does not know of
     */
    record Header(long formatId, long number, long sequence, UnitShape shape) {}

    private CheckpointLayout() {}

    /** Bytes of a checkpoint. */
    static long bytes(long sectors, int units) {
        long body = bodyBytes(sectors, units);
        return HEADER_BYTES + body + pieces(body) * Integer.BYTES;
    }

    /** Bytes between the header and the checksums. */
    static long bodyBytes(long sectors, int units) {
        return (long) units * Long.BYTES + sectors * Integer.BYTES;
    }

    /** Checksums of a body. */
    static long pieces(long bodyBytes) {
        return (bodyBytes + PIECE_BYTES - 1) / PIECE_BYTES;
    }

    /** Writes a header at 0. */
    static void encode(ByteBuffer buffer, Header header, Checksum checksum) {
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putInt(VERSION_OFFSET, VERSION);
        buffer.putLong(FORMAT_ID_OFFSET, header.formatId());
        buffer.putLong(NUMBER_OFFSET, header.number());
        buffer.putLong(SEQUENCE_OFFSET, header.sequence());
        buffer.putLong(SECTORS_OFFSET, header.shape().sectors());
        buffer.putInt(UNITS_OFFSET, header.shape().units());
        buffer.putInt(PAGES_OFFSET, header.shape().pagesPerUnit());
        buffer.putInt(WIDTH_OFFSET, header.shape().width());
        buffer.putLong(WIDTH_OFFSET + Integer.BYTES, 0);
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, 0, CRC_OFFSET));
    }

    /** Whether there is a header at 0, of whatever version. */
    static boolean isHeader(ByteBuffer buffer, Checksum checksum) {
        return buffer.getInt(MAGIC_OFFSET) == MAGIC && buffer.getInt(CRC_OFFSET) == checksum.of(buffer, 0, CRC_OFFSET);
    }

    static int version(ByteBuffer buffer) {
        return buffer.getInt(VERSION_OFFSET);
    }

    /** The header of this version at 0. */
    static Header decode(ByteBuffer buffer) {
        return new Header(
                buffer.getLong(FORMAT_ID_OFFSET),
                buffer.getLong(NUMBER_OFFSET),
                buffer.getLong(SEQUENCE_OFFSET),
                new UnitShape(
                        buffer.getInt(UNITS_OFFSET),
                        buffer.getInt(WIDTH_OFFSET),
                        buffer.getInt(PAGES_OFFSET),
                        buffer.getLong(SECTORS_OFFSET)));
    }
}
