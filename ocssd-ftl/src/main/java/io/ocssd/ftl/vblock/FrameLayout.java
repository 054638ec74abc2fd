package io.ocssd.ftl.vblock;

import io.ocssd.ftl.media.Checksum;
import java.nio.ByteBuffer;

/**
 * A frame of staged bytes: whole ws_min units inside one ws_opt unit. Little endian.
 *
 * <pre>
 *    0      +-------------------------------+---------------+---------------+
 *           | magic "OCFR"                  | version       | flags         |
 *    8      +-------------------------------+---------------+---------------+
 *           | drive id                                                      |
 *   16      +---------------------------------------------------------------+
 *           | vblock id                                                     |
 *   24      +---------------------------------------------------------------+
 *           | stream sector where this frame begins (its sequence)          |
 *   32      +---------------------------------------------------------------+
 *           | stream sector where the frame before it ended                 |
 *   40      +---------------------------------------------------------------+
 *           | offset of its payload in the vblock, bytes                    |
 *   48      +-------------------------------+-------------------------------+
 *           | payload, bytes                | CRC32C of the payload         |
 *   56      +-------------------------------+-------------------------------+
 *           | sectors of the frame          | sectors of padding behind it  |
 *   64      +-------------------------------+-------------------------------+
 *           | moves of blocks before it     | CRC32C of bytes 0 to 67       |
 *   72      +-------------------------------+-------------------------------+
 *           | payload, then anything to the end of the last sector          |
 *           +---------------------------------------------------------------+
 * </pre>
 *
 * <p>A frame ends with the padding behind it, in sectors of the stream: what made it safe on a drive where that takes more.
 * What lies between the end of the frame before and this one is raw payload. The moves are the generations of blocks that the
 * vblock had when the frame was written: where one of them is missing, what lies before the frame is not what was written.
 * Flag 1: written by a sync. A frame of another version is no frame: headers of blocks carry the version that is refused.
 */
final class FrameLayout {
    /** "OCFR", read as a little-endian int. */
    static final int MAGIC = 0x5246434f;

    static final int VERSION = 2;
    static final int SYNC = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
    static final int FLAGS_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int DRIVE_ID_OFFSET = FLAGS_OFFSET + Short.BYTES;
    static final int VBLOCK_ID_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int STREAM_SECTOR_OFFSET = VBLOCK_ID_OFFSET + Long.BYTES;
    static final int PREVIOUS_END_OFFSET = STREAM_SECTOR_OFFSET + Long.BYTES;
    static final int PAYLOAD_START_OFFSET = PREVIOUS_END_OFFSET + Long.BYTES;
    static final int PAYLOAD_LENGTH_OFFSET = PAYLOAD_START_OFFSET + Long.BYTES;
    static final int PAYLOAD_CRC_OFFSET = PAYLOAD_LENGTH_OFFSET + Integer.BYTES;
    static final int SECTORS_OFFSET = PAYLOAD_CRC_OFFSET + Integer.BYTES;
    static final int PADDING_OFFSET = SECTORS_OFFSET + Integer.BYTES;
    static final int MOVES_OFFSET = PADDING_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = MOVES_OFFSET + Integer.BYTES;
    static final int PAYLOAD_OFFSET = CRC_OFFSET + Integer.BYTES;

    private FrameLayout() {}

    /**
     * Writes the header of a frame whose payload is in the buffer already.
     *
     * @param buffer little endian
     * @param offset where the frame begins
     */
    static void encode(
            ByteBuffer buffer,
            int offset,
            int flags,
            long driveId,
            long vblockId,
            long streamSector,
            long previousEnd,
            long payloadStart,
            int payloadLength,
            int sectors,
            int paddingSectors,
            int moves,
            Checksum checksum) {
        buffer.putInt(offset + MAGIC_OFFSET, MAGIC);
        buffer.putShort(offset + VERSION_OFFSET, (short) VERSION);
        buffer.putShort(offset + FLAGS_OFFSET, (short) flags);
        buffer.putLong(offset + DRIVE_ID_OFFSET, driveId);
        buffer.putLong(offset + VBLOCK_ID_OFFSET, vblockId);
        buffer.putLong(offset + STREAM_SECTOR_OFFSET, streamSector);
        buffer.putLong(offset + PREVIOUS_END_OFFSET, previousEnd);
        buffer.putLong(offset + PAYLOAD_START_OFFSET, payloadStart);
        buffer.putInt(offset + PAYLOAD_LENGTH_OFFSET, payloadLength);
        buffer.putInt(offset + PAYLOAD_CRC_OFFSET, checksum.of(buffer, offset + PAYLOAD_OFFSET, payloadLength));
        buffer.putInt(offset + SECTORS_OFFSET, sectors);
        buffer.putInt(offset + PADDING_OFFSET, paddingSectors);
        buffer.putInt(offset + MOVES_OFFSET, moves);
        buffer.putInt(offset + CRC_OFFSET, checksum.of(buffer, offset, CRC_OFFSET));
    }

    /**
     * Whether a valid frame begins here that is where it says; its payload is not looked at.
     *
     * @param mostSectors sectors to the end of the unit
     */
    static boolean isFrame(
            ByteBuffer buffer,
            int offset,
            int sectorBytes,
            long driveId,
            long vblockId,
            long streamSector,
            int mostSectors,
            Checksum checksum) {
        if (buffer.getInt(offset + MAGIC_OFFSET) != MAGIC
                || buffer.getShort(offset + VERSION_OFFSET) != VERSION
                || buffer.getInt(offset + CRC_OFFSET) != checksum.of(buffer, offset, CRC_OFFSET)) {
            return false;
        }
        int sectors = buffer.getInt(offset + SECTORS_OFFSET);
        int payloadLength = buffer.getInt(offset + PAYLOAD_LENGTH_OFFSET);
        return buffer.getLong(offset + DRIVE_ID_OFFSET) == driveId
                && buffer.getLong(offset + VBLOCK_ID_OFFSET) == vblockId
                && buffer.getLong(offset + STREAM_SECTOR_OFFSET) == streamSector
                && sectors >= 1
                && sectors <= mostSectors
                && paddingSectors(buffer, offset) >= 0
                && moves(buffer, offset) >= 0
                && payloadLength >= 0
                && payloadLength <= sectors * sectorBytes - PAYLOAD_OFFSET;
    }

    /** Whether the payload of a valid frame is what was written. */
    static boolean hasValidPayload(ByteBuffer buffer, int offset, Checksum checksum) {
        return buffer.getInt(offset + PAYLOAD_CRC_OFFSET)
                == checksum.of(buffer, offset + PAYLOAD_OFFSET, payloadLength(buffer, offset));
    }

    static boolean isSync(ByteBuffer buffer, int offset) {
        return (buffer.getShort(offset + FLAGS_OFFSET) & SYNC) != 0;
    }

    static long previousEnd(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + PREVIOUS_END_OFFSET);
    }

    static long payloadStart(ByteBuffer buffer, int offset) {
        return buffer.getLong(offset + PAYLOAD_START_OFFSET);
    }

    static int payloadLength(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + PAYLOAD_LENGTH_OFFSET);
    }

    static int sectors(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + SECTORS_OFFSET);
    }

    static int paddingSectors(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + PADDING_OFFSET);
    }

    static int moves(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + MOVES_OFFSET);
    }
}
