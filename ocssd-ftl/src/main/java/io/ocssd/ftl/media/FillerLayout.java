package io.ocssd.ftl.media;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A sector of filler: what blocks are closed with.
 *
 * <pre>
 *   0        8     10    12    16                24     28
 *   | magic  | ver | 0   | len | drive id        | crc  | text, then zeros to the end of the sector
 * </pre>
 *
 * <p>All sectors of filler on a drive are equal, so a filler that was cut short goes on where it stopped. The CRC is over
 * bytes 0 to 23. It carries no sequence: it is never read back for its content, only recognised.
 */
public final class FillerLayout {
    /** "OCSSDFIL", read as a little-endian long. */
    static final long MAGIC = 0x4c4946445353434fL;

    static final int VERSION = 1;
    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int LENGTH_OFFSET = VERSION_OFFSET + 2 * Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int TEXT_OFFSET = CRC_OFFSET + Integer.BYTES;

    private static final byte[] TEXT = "filler: nothing is stored here".getBytes(StandardCharsets.US_ASCII);

    private FillerLayout() {}

    /**
     * Writes one sector.
     *
     * @param buffer little endian
     * @param offset where the sector begins
     */
    static void encode(ByteBuffer buffer, int offset, int sectorBytes, long driveId, Checksum checksum) {
        for (int i = 0; i < sectorBytes; i += Long.BYTES) {
            buffer.putLong(offset + i, 0);
        }
        buffer.putLong(offset + MAGIC_OFFSET, MAGIC);
        buffer.putShort(offset + VERSION_OFFSET, (short) VERSION);
        buffer.putInt(offset + LENGTH_OFFSET, sectorBytes);
        buffer.putLong(offset + DRIVE_ID_OFFSET, driveId);
        buffer.putInt(offset + CRC_OFFSET, checksum.of(buffer, offset, CRC_OFFSET));
        buffer.put(offset + TEXT_OFFSET, TEXT);
    }

    /**
     * Writes sectors to the begin of a buffer.
     *
     * @param buffer little endian
     */
    public static void fill(ByteBuffer buffer, int sectors, int sectorBytes, long driveId, Checksum checksum) {
        encode(buffer, 0, sectorBytes, driveId, checksum);
        for (int i = 1; i < sectors; i++) {
            buffer.put(i * sectorBytes, buffer, 0, sectorBytes);
        }
    }

    /** Whether a sector is filler of this drive, of whatever version. */
    public static boolean isFiller(ByteBuffer buffer, int offset, long driveId, Checksum checksum) {
        return buffer.getLong(offset + MAGIC_OFFSET) == MAGIC
                && buffer.getLong(offset + DRIVE_ID_OFFSET) == driveId
                && buffer.getInt(offset + CRC_OFFSET) == checksum.of(buffer, offset, CRC_OFFSET);
    }
}
