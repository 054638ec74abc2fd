package io.ocssd.ftl.target;

import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The label's record: the last ws_min unit of a label block, whose other sectors are filler; of a zone the first unit, behind
 * which the zone is finished. Little endian.
 *
 * <pre>
 *    0      +---------------------------------------------------------------+
 *           | magic "OCSSDLBL"                                              |
 *    8      +---------------+---------------+-------------------------------+
 *           | version       | 0             | length of the record, bytes   |
 *   16      +---------------+---------------+-------------------------------+
 *           | drive id                                                      |
 *   24      +---------------------------------------------------------------+
 *           | sequence                                                      |
 *   32      +---------------------------------------------------------------+
 *           | digest of the geometry                                        |
 *   40      +-------------------------------+-------------------------------+
 *           | mount epoch                   | next target id                |
 *   48      +-------------------------------+-------------------------------+
 *           | block of copy 0, slot 0       | block of copy 0, slot 1       |
 *   56      +-------------------------------+-------------------------------+
 *           | block of copy 1, slot 0       | block of copy 1, slot 1       |  all ones when there is one copy
 *   64      +-------------------------------+-------------------------------+
 *           | number of targets             | CRC32C, computed with 0 here  |
 *   72      +-------------------------------+-------------------------------+
 *           | targets, one after the other                                  |
 *  length   +---------------------------------------------------------------+
 *           | zeros to the end of the unit                                  |
 *           +---------------------------------------------------------------+
 *
 *  target:
 *    0      +-------------------------------+---------------+---------------+
 *           | target id                     | name length   | 0             |
 *    8      +-------------------------------+---------------+---------------+
 *           | name, 32 bytes, ASCII, zeros behind                           |
 *   40      +---------------------------------------------------------------+
 *           | LUNs: bit n is set when it owns LUN n; whole bytes            |
 *           +---------------------------------------------------------------+
 * </pre>
 *
 * <p>It lies at the end of its block so that a block with a valid record is closed and can be read in full; a block whose
 * writer stopped is padded to its end with filler, or erased where it is a zone, and so never becomes a label later on.
 */
final class LabelLayout {
    /** "OCSSDLBL", read as a little-endian long. */
    static final long MAGIC = 0x4c424c445353434fL;

    static final int VERSION = 2;

    private static final int NO_BLOCK = -1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int LENGTH_OFFSET = VERSION_OFFSET + 2 * Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int SEQUENCE_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int SHAPE_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int EPOCH_OFFSET = SHAPE_OFFSET + Long.BYTES;
    static final int NEXT_TARGET_ID_OFFSET = EPOCH_OFFSET + Integer.BYTES;
    static final int BLOCKS_OFFSET = NEXT_TARGET_ID_OFFSET + Integer.BYTES;
    static final int TARGET_COUNT_OFFSET = BLOCKS_OFFSET + Label.MOST_COPIES * Label.SLOTS * Integer.BYTES;
    static final int CRC_OFFSET = TARGET_COUNT_OFFSET + Integer.BYTES;
    static final int TARGETS_OFFSET = CRC_OFFSET + Integer.BYTES;

    static final int TARGET_ID_OFFSET = 0;
    static final int TARGET_NAME_LENGTH_OFFSET = TARGET_ID_OFFSET + Integer.BYTES;
    static final int TARGET_NAME_OFFSET = TARGET_NAME_LENGTH_OFFSET + 2 * Short.BYTES;
    static final int TARGET_LUNS_OFFSET = TARGET_NAME_OFFSET + TargetRequest.MAX_NAME_LENGTH;

    private LabelLayout() {}

    /** Bytes of a record. */
    static int length(int targets, int luns) {
        return TARGETS_OFFSET + targets * targetLength(luns);
    }

    /** Bytes of a target's entry. */
    static int targetLength(int luns) {
        return TARGET_LUNS_OFFSET + (luns + Byte.SIZE - 1) / Byte.SIZE;
    }

    /**
     * Writes a record and zeros behind it.
     *
     * @param buffer little endian; from 0 to {@code unitBytes} it is overwritten
     * @param luns LUNs of the device
     */
    static void encode(ByteBuffer buffer, int unitBytes, Label label, int luns, Checksum checksum) {
        for (int i = 0; i < unitBytes; i++) {
            buffer.put(i, (byte) 0);
        }
        int length = length(label.targets().size(), luns);
        buffer.putLong(MAGIC_OFFSET, MAGIC);
        buffer.putShort(VERSION_OFFSET, (short) VERSION);
        buffer.putInt(LENGTH_OFFSET, length);
        buffer.putLong(DRIVE_ID_OFFSET, label.driveId());
        buffer.putLong(SEQUENCE_OFFSET, label.sequence());
        buffer.putLong(SHAPE_OFFSET, label.shape());
        buffer.putInt(EPOCH_OFFSET, label.mountEpoch());
        buffer.putInt(NEXT_TARGET_ID_OFFSET, label.nextTargetId());
        for (int i = 0; i < Label.MOST_COPIES * Label.SLOTS; i++) {
            boolean there = i < label.blocks().size();
            buffer.putInt(
                    BLOCKS_OFFSET + i * Integer.BYTES, there ? label.blocks().get(i) : NO_BLOCK);
        }
        buffer.putInt(TARGET_COUNT_OFFSET, label.targets().size());
        int offset = TARGETS_OFFSET;
        for (TargetInfo target : label.targets()) {
            byte[] name = target.name().getBytes(StandardCharsets.US_ASCII);
            buffer.putInt(offset + TARGET_ID_OFFSET, target.id());
            buffer.putShort(offset + TARGET_NAME_LENGTH_OFFSET, (short) name.length);
            buffer.put(offset + TARGET_NAME_OFFSET, name);
            for (int lun : target.luns()) {
                int at = offset + TARGET_LUNS_OFFSET + lun / Byte.SIZE;
                buffer.put(at, (byte) (buffer.get(at) | 1 << lun % Byte.SIZE));
            }
            offset += targetLength(luns);
        }
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, 0, length));
    }

    /**
     * Reads a record.
     *
     * @param buffer little endian
     * @param offset where the record's unit begins
     * @param luns LUNs of the device
     * @return null when there is no valid record
     * @throws TooNewException when a valid record is of a later version
     * @throws TooOldException when it is of an earlier one
     */
    static Label decode(ByteBuffer buffer, int offset, int unitBytes, int luns, Checksum checksum)
            throws OcssdException {
        if (buffer.getLong(offset + MAGIC_OFFSET) != MAGIC) {
            return null;
        }
        int length = buffer.getInt(offset + LENGTH_OFFSET);
        if (length < TARGETS_OFFSET || length > unitBytes || !checksum.isValid(buffer, offset, length, CRC_OFFSET)) {
            return null;
        }
        checkVersion(Short.toUnsignedInt(buffer.getShort(offset + VERSION_OFFSET)));
        long sequence = buffer.getLong(offset + SEQUENCE_OFFSET);
        int count = buffer.getInt(offset + TARGET_COUNT_OFFSET);
        if (sequence < 0 || count < 0 || count > unitBytes || length != length(count, luns)) {
            return null;
        }
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < Label.MOST_COPIES * Label.SLOTS; i++) {
            int block = buffer.getInt(offset + BLOCKS_OFFSET + i * Integer.BYTES);
            if (block != NO_BLOCK) {
                blocks.add(block);
            }
        }
        if (blocks.size() % Label.SLOTS != 0 || blocks.isEmpty()) {
            return null;
        }
        List<TargetInfo> targets = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            targets.add(decodeTarget(buffer, offset + TARGETS_OFFSET + i * targetLength(luns), luns));
        }
        return new Label(
                buffer.getLong(offset + DRIVE_ID_OFFSET),
                sequence,
                buffer.getLong(offset + SHAPE_OFFSET),
                buffer.getInt(offset + EPOCH_OFFSET),
                buffer.getInt(offset + NEXT_TARGET_ID_OFFSET),
                blocks,
                targets);
    }

    private static TargetInfo decodeTarget(ByteBuffer buffer, int offset, int luns) {
        int nameLength = Math.min(
                Short.toUnsignedInt(buffer.getShort(offset + TARGET_NAME_LENGTH_OFFSET)),
                TargetRequest.MAX_NAME_LENGTH);
        byte[] name = new byte[nameLength];
        buffer.get(offset + TARGET_NAME_OFFSET, name);
        List<Integer> owned = new ArrayList<>();
        for (int lun = 0; lun < luns; lun++) {
            if ((buffer.get(offset + TARGET_LUNS_OFFSET + lun / Byte.SIZE) >>> lun % Byte.SIZE & 1) != 0) {
                owned.add(lun);
            }
        }
        return new TargetInfo(
                new String(name, StandardCharsets.US_ASCII), buffer.getInt(offset + TARGET_ID_OFFSET), owned);
    }

    private static void checkVersion(int version) throws OcssdException {
        if (version > VERSION) {
            throw new TooNewException(
                    "the label has version " + version + ", this program knows " + VERSION,
                    "open the drive with a newer version of ocssd");
        }
        if (version < VERSION) {
            throw new TooOldException(
                    "the label was made by an older version (" + version + ", this program knows " + VERSION + ")",
                    "recreate the drive");
        }
    }
}
