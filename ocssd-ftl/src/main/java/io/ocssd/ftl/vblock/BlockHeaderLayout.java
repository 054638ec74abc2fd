package io.ocssd.ftl.vblock;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.vblock.Stream;
import java.nio.ByteBuffer;

/**
 * The header of a block: its first ws_min unit. Little endian.
 *
 * <pre>
 *    0      +---------------------------------------------------------------+
 *           | magic "OCSSDVBK"                                              |
 *    8      +---------------+---------------+-------------------------------+
 *           | version       | stream        | length of the header, bytes   |
 *   16      +---------------+---------------+-------------------------------+
 *           | drive id                                                      |
 *   24      +---------------------------------------------------------------+
 *           | vblock id (the sequence: ids only grow)                       |
 *   32      +---------------------------------------------------------------+
 *           | the owner's tag                                               |
 *   40      +-------------------------------+-------------------------------+
 *           | target id                     | width                         |
 *   48      +-------------------------------+-------------------------------+
 *           | place of this block           | CRC32C, computed with 0 here  |
 *   56      +-------------------------------+-------------------------------+
 *           | address of block 0, of block 1, ... of block width - 1        |
 *  length   +---------------------------------------------------------------+
 *           | zeros to the end of the unit                                  |
 *           +---------------------------------------------------------------+
 * </pre>
 */
final class BlockHeaderLayout {
    /** "OCSSDVBK", read as a little-endian long. */
    static final long MAGIC = 0x4b4256445353434fL;

    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int STREAM_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int LENGTH_OFFSET = STREAM_OFFSET + Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int VBLOCK_ID_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int TAG_OFFSET = VBLOCK_ID_OFFSET + Long.BYTES;
    static final int TARGET_ID_OFFSET = TAG_OFFSET + Long.BYTES;
    static final int WIDTH_OFFSET = TARGET_ID_OFFSET + Integer.BYTES;
    static final int PLACE_OFFSET = WIDTH_OFFSET + Integer.BYTES;
    static final int CRC_OFFSET = PLACE_OFFSET + Integer.BYTES;
    static final int MEMBERS_OFFSET = CRC_OFFSET + Integer.BYTES;

    private static final Stream[] STREAMS = Stream.values();

    private BlockHeaderLayout() {}

    /** Bytes of a header. */
    static int length(int width) {
        return MEMBERS_OFFSET + width * Long.BYTES;
    }

    /** Widest stripe whose headers fit their unit. */
    static int mostMembers(int unitBytes) {
        return (unitBytes - MEMBERS_OFFSET) / Long.BYTES;
    }

    /**
     * Writes a header and zeros behind it.
     *
     * @param buffer little endian; from 0 to {@code unitBytes} it is overwritten
     */
    static void encode(ByteBuffer buffer, int unitBytes, BlockHeader header, Checksum checksum) {
        for (int i = 0; i < unitBytes; i += Long.BYTES) {
            buffer.putLong(i, 0);
        }
        int length = length(header.width());
        buffer.putLong(MAGIC_OFFSET, MAGIC);
        buffer.putShort(VERSION_OFFSET, (short) VERSION);
        buffer.putShort(STREAM_OFFSET, (short) header.stream().ordinal());
        buffer.putInt(LENGTH_OFFSET, length);
        buffer.putLong(DRIVE_ID_OFFSET, header.driveId());
        buffer.putLong(VBLOCK_ID_OFFSET, header.vblockId());
        buffer.putLong(TAG_OFFSET, header.tag());
        buffer.putInt(TARGET_ID_OFFSET, header.targetId());
        buffer.putInt(WIDTH_OFFSET, header.width());
        buffer.putInt(PLACE_OFFSET, header.place());
        for (int i = 0; i < header.width(); i++) {
            buffer.putLong(MEMBERS_OFFSET + i * Long.BYTES, header.members().get(i));
        }
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, 0, length));
    }

    /**
     * Reads a header.
     *
     * @param buffer little endian
     * @param offset where the header begins
     * @param available bytes of the block that are in the buffer from there on
     * @return null when there is no valid header
     * @throws TooNewException when a valid header is of a later version
     * @throws TooOldException when it is of an earlier one
     */
    static BlockHeader decode(ByteBuffer buffer, int offset, int available, Checksum checksum) throws OcssdException {
        if (buffer.getLong(offset + MAGIC_OFFSET) != MAGIC) {
            return null;
        }
        int length = buffer.getInt(offset + LENGTH_OFFSET);
        if (length < MEMBERS_OFFSET || length > available || !checksum.isValid(buffer, offset, length, CRC_OFFSET)) {
            return null;
        }
        checkVersion(Short.toUnsignedInt(buffer.getShort(offset + VERSION_OFFSET)));
        int stream = Short.toUnsignedInt(buffer.getShort(offset + STREAM_OFFSET));
        int width = buffer.getInt(offset + WIDTH_OFFSET);
        int place = buffer.getInt(offset + PLACE_OFFSET);
        if (stream >= STREAMS.length || width < 1 || length != length(width) || place < 0 || place >= width) {
            return null;
        }
        ImmutableLongArray.Builder members = ImmutableLongArray.builder(width);
        for (int i = 0; i < width; i++) {
            members.add(buffer.getLong(offset + MEMBERS_OFFSET + i * Long.BYTES));
        }
        return new BlockHeader(
                buffer.getLong(offset + DRIVE_ID_OFFSET),
                buffer.getInt(offset + TARGET_ID_OFFSET),
                buffer.getLong(offset + VBLOCK_ID_OFFSET),
                STREAMS[stream],
                place,
                buffer.getLong(offset + TAG_OFFSET),
                members.build());
    }

    /** Whether a header of this drive seems to begin here; for a look at the first sector alone. */
    static boolean isHeader(ByteBuffer buffer, int offset, long driveId) {
        return buffer.getLong(offset + MAGIC_OFFSET) == MAGIC && buffer.getLong(offset + DRIVE_ID_OFFSET) == driveId;
    }

    /** The target that a header names, of which only the first sector is there; only for what {@link #isHeader}. */
    static int targetId(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + TARGET_ID_OFFSET);
    }

    private static void checkVersion(int version) throws OcssdException {
        if (version > VERSION) {
            throw new TooNewException(
                    "a vblock has layout version " + version + ", this program knows " + VERSION,
                    "open the drive with a newer version of ocssd");
        }
        if (version < VERSION) {
            throw new TooOldException(
                    "a vblock was made by an older version (" + version + ", this program knows " + VERSION + ")",
                    "recreate the drive");
        }
    }
}
