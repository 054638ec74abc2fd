package io.ocssd.ftl.journal;

import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import java.nio.ByteBuffer;

/**
 * The header of a journal block: its first ws_min unit. Little endian.
 *
 * <pre>
 *    0      +---------------------------------------------------------------+
 *           | magic "OCSSDJRN"                                              |
 *    8      +---------------+---------------+-------------------------------+
 *           | version       | 0             | length of the header, bytes   |
 *   16      +---------------+---------------+-------------------------------+
 *           | drive id                                                      |
 *   24      +---------------------------------------------------------------+
 *           | sequence of this life of the block                            |
 *   32      +-------------------------------+-------------------------------+
 *           | target id                     | linear number of this block   |
 *   40      +-------------------------------+-------------------------------+
 *           | 0                             | CRC32C, computed with 0 here  |
 *   48      +-------------------------------+-------------------------------+
 *           | zeros to the end of the unit                                  |
 *           +---------------------------------------------------------------+
 * </pre>
 *
 * <p>The CRC32C is what the first frame names as the one before it. The version is that of frames and records, too.
 */
final class JournalHeaderLayout {
    /** "OCSSDJRN", read as a little-endian long. */
    static final long MAGIC = 0x4e524a445353434fL;

    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int LENGTH_OFFSET = VERSION_OFFSET + 2 * Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int SEQUENCE_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int TARGET_ID_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int BLOCK_OFFSET = TARGET_ID_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = BLOCK_OFFSET + 2 * Integer.BYTES;
    static final int LENGTH = CRC_OFFSET + Integer.BYTES;

    private JournalHeaderLayout() {}

    /**
     * Writes a header and zeros behind it.
     *
     * @param buffer little endian; from 0 to {@code unitBytes} it is overwritten
     * @return its CRC32C
     */
    static int encode(ByteBuffer buffer, int unitBytes, JournalHeader header, Checksum checksum) {
        for (int i = 0; i < unitBytes; i += Long.BYTES) {
            buffer.putLong(i, 0);
        }
        buffer.putLong(MAGIC_OFFSET, MAGIC);
        buffer.putShort(VERSION_OFFSET, (short) VERSION);
        buffer.putInt(LENGTH_OFFSET, LENGTH);
        buffer.putLong(DRIVE_ID_OFFSET, header.driveId());
        buffer.putLong(SEQUENCE_OFFSET, header.sequence());
        buffer.putInt(TARGET_ID_OFFSET, header.targetId());
        buffer.putInt(BLOCK_OFFSET, header.block());
        int crc = checksum.of(buffer, 0, LENGTH);
        buffer.putInt(CRC_OFFSET, crc);
        return crc;
    }

    /**
     * Reads a header.
     *
     * @param buffer little endian
     * @param offset where the header begins; a sector is there
     * @return null when there is no valid header
     * @throws TooNewException when a valid header is of a later version
     * @throws TooOldException when it is of an earlier one
     */
    static JournalHeader decode(ByteBuffer buffer, int offset, Checksum checksum) throws OcssdException {
        if (buffer.getLong(offset + MAGIC_OFFSET) != MAGIC
                || buffer.getInt(offset + LENGTH_OFFSET) != LENGTH
                || !checksum.isValid(buffer, offset, LENGTH, CRC_OFFSET)) {
            return null;
        }
        checkVersion(Short.toUnsignedInt(buffer.getShort(offset + VERSION_OFFSET)));
        return new JournalHeader(
                buffer.getLong(offset + DRIVE_ID_OFFSET),
                buffer.getInt(offset + TARGET_ID_OFFSET),
                buffer.getInt(offset + BLOCK_OFFSET),
                buffer.getLong(offset + SEQUENCE_OFFSET));
    }

    /** CRC32C of the valid header at {@code offset}. */
    static int crc(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + CRC_OFFSET);
    }

    private static void checkVersion(int version) throws OcssdException {
        if (version > VERSION) {
            throw new TooNewException(
                    "the journal of a target has layout version " + version + ", this program knows " + VERSION,
                    "open the drive with a newer version of ocssd");
        }
        if (version < VERSION) {
            throw new TooOldException(
                    "the journal of a target was made by an older version (" + version + ", this program knows "
                            + VERSION + ")",
                    "recreate the drive");
        }
    }
}
