package io.ocssd.ftl.journal;

import io.ocssd.ftl.media.Checksum;
import java.nio.ByteBuffer;

/**
 * A frame of records: whole ws_min units, at most as many as one command programs. Little endian.
 *
 * <pre>
 *    0      +-------------------------------+---------------+---------------+
 *           | magic "OCJF"                  | version       | flags         |
 *    8      +-------------------------------+---------------+---------------+
 *           | drive id                                                      |
 *   16      +---------------------------------------------------------------+
 *           | sequence of the block                                         |
 *   24      +-------------------------------+-------------------------------+
 *           | target id                     | unit where the frame begins   |
 *   32      +-------------------------------+-------------------------------+
 *           | units of the frame            | units of filler behind it     |
 *   40      +-------------------------------+-------------------------------+
 *           | CRC32C of the frame before it | length of the payload, bytes  |
 *   48      +-------------------------------+-------------------------------+
 *           | CRC32C of the payload         | CRC32C of bytes 0 to 51       |
 *   56      +-------------------------------+-------------------------------+
 *           | payload: records, then zeros to the end of the last unit      |
 *           +---------------------------------------------------------------+
 * </pre>
 *
 * <p>Units of a block are counted from 0, its header. A frame is named by the CRC32C of its bytes 0 to 51, which covers that
 * of its payload; the first one names the header's. Flag 1: with this frame the checkpoint of the block is complete.
 */
final class JournalFrameLayout {
    /** "OCJF", read as a little-endian int. */
    static final int MAGIC = 0x464a434f;

    static final int VERSION = JournalHeaderLayout.VERSION;
    /** Flag: the checkpoint is complete. */
    static final int END = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
    static final int FLAGS_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int DRIVE_ID_OFFSET = FLAGS_OFFSET + Short.BYTES;
    static final int SEQUENCE_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int TARGET_ID_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int UNIT_OFFSET = TARGET_ID_OFFSET + Integer.BYTES;
    static final int UNITS_OFFSET = UNIT_OFFSET + Integer.BYTES;
    static final int FILLER_UNITS_OFFSET = UNITS_OFFSET + Integer.BYTES;
    static final int PREVIOUS_CRC_OFFSET = FILLER_UNITS_OFFSET + Integer.BYTES;
    static final int PAYLOAD_LENGTH_OFFSET = PREVIOUS_CRC_OFFSET + Integer.BYTES;
    static final int PAYLOAD_CRC_OFFSET = PAYLOAD_LENGTH_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = PAYLOAD_CRC_OFFSET + Integer.BYTES;
    static final int PAYLOAD_OFFSET = CRC_OFFSET + Integer.BYTES;

    /**
     * The head of a frame.
     *
     * @param sequence of the block
     * @param unit where it begins
     * @param units its length
     * @param fillerUnits filler behind it
     * @param previousCrc names the frame before it
     * @param payloadLength bytes of records
     * @param end whether the checkpoint is complete with it
     * @param crc names this frame
     */
    record Head(
            long driveId,
            int targetId,
            long sequence,
            int unit,
            int units,
            int fillerUnits,
            int previousCrc,
            int payloadLength,
            boolean end,
            int crc) {}

    private JournalFrameLayout() {}

    /**
     * Writes the head of a frame whose payload is in the buffer already, from {@link #PAYLOAD_OFFSET} on, and zeros behind the
     * payload.
     *
     * @param buffer little endian; the frame begins at 0
     * @param head its crc does not matter
     * @return the CRC32C that names the frame
     */
    static int encode(ByteBuffer buffer, int unitBytes, Head head, Checksum checksum) {
        for (int i = PAYLOAD_OFFSET + head.payloadLength(); i < head.units() * unitBytes; i++) {
            buffer.put(i, (byte) 0);
        }
        buffer.putInt(MAGIC_OFFSET, MAGIC);
        buffer.putShort(VERSION_OFFSET, (short) VERSION);
        buffer.putShort(FLAGS_OFFSET, (short) (head.end() ? END : 0));
        buffer.putLong(DRIVE_ID_OFFSET, head.driveId());
        buffer.putLong(SEQUENCE_OFFSET, head.sequence());
        buffer.putInt(TARGET_ID_OFFSET, head.targetId());
        buffer.putInt(UNIT_OFFSET, head.unit());
        buffer.putInt(UNITS_OFFSET, head.units());
        buffer.putInt(FILLER_UNITS_OFFSET, head.fillerUnits());
        buffer.putInt(PREVIOUS_CRC_OFFSET, head.previousCrc());
        buffer.putInt(PAYLOAD_LENGTH_OFFSET, head.payloadLength());
        buffer.putInt(PAYLOAD_CRC_OFFSET, checksum.of(buffer, PAYLOAD_OFFSET, head.payloadLength()));
        int crc = checksum.of(buffer, 0, CRC_OFFSET);
        buffer.putInt(CRC_OFFSET, crc);
        return crc;
    }

    /**
     * Reads the head of a frame; says nothing of its payload, nor whether it belongs here.
     *
     * @param buffer little endian
     * @param offset where it begins; a sector is there
     * @return null when there is no valid head
     */
    static Head decode(ByteBuffer buffer, int offset, int unitBytes, Checksum checksum) {
        if (buffer.getInt(offset + MAGIC_OFFSET) != MAGIC
                || buffer.getShort(offset + VERSION_OFFSET) != VERSION
                || buffer.getInt(offset + CRC_OFFSET) != checksum.of(buffer, offset, CRC_OFFSET)) {
            return null;
        }
        int units = buffer.getInt(offset + UNITS_OFFSET);
        int fillerUnits = buffer.getInt(offset + FILLER_UNITS_OFFSET);
        int payloadLength = buffer.getInt(offset + PAYLOAD_LENGTH_OFFSET);
        if (units < 1
                || fillerUnits < 0
                || payloadLength < 0
                || payloadLength > (long) units * unitBytes - PAYLOAD_OFFSET) {
            return null;
        }
        return new Head(
                buffer.getLong(offset + DRIVE_ID_OFFSET),
                buffer.getInt(offset + TARGET_ID_OFFSET),
                buffer.getLong(offset + SEQUENCE_OFFSET),
                buffer.getInt(offset + UNIT_OFFSET),
                units,
                fillerUnits,
                buffer.getInt(offset + PREVIOUS_CRC_OFFSET),
                payloadLength,
                (buffer.getShort(offset + FLAGS_OFFSET) & END) != 0,
                buffer.getInt(offset + CRC_OFFSET));
    }

    /** Whether the payload of a valid frame is what was written. */
    static boolean hasValidPayload(ByteBuffer buffer, int offset, Head head, Checksum checksum) {
        return buffer.getInt(offset + PAYLOAD_CRC_OFFSET)
                == checksum.of(buffer, offset + PAYLOAD_OFFSET, head.payloadLength());
    }
}
