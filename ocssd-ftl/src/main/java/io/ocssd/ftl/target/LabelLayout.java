package io.ocssd.ftl.target;

import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.target.BlockRange;
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
 *           | version       | LUNs - 1      | length of the record, bytes   |
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
 *           | block of copy 1, slot 0       | block of copy 1, slot 1       |  with one copy: its slot 2 or all ones, all ones
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
 *           | target id                     | name length   | 1: removing   |
 *    8      +-------------------------------+---------------+---------------+
 *           | name, 32 bytes, ASCII, zeros behind                           |
 *   40      +---------------------------------------------------------------+
 *           | over-provisioning, a double                                   |
 *   48      +---------------------------------------------------------------+
 *           | window bytes                                                  |
 *   56      +-------------------------------+-------------------------------+
 *           | open blocks                   | number of runs of blocks      |
 *   64      +-------------------------------+-------------------------------+
 *           | LUNs: bit n is set when it owns LUN n; whole bytes            |
 *           +-------------------------------+-------------------------------+
 *           | first block of a run          | blocks of the run             |  on a drive of one LUN, else no run
 *           +-------------------------------+-------------------------------+
 * </pre>
 *
 * <p>It lies at the end of its block so that a block with a valid record is closed and can be read in full; a block whose
 * writer stopped is padded to its end with filler, or erased where it is a zone, and so never becomes a label later on.
 */
final class LabelLayout {
    /** "OCSSDLBL", read as a little-endian long. */
    static final long MAGIC = 0x4c424c445353434fL;

    static final int VERSION = 4;

    private static final int NO_BLOCK = -1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int DRIVE_LUNS_OFFSET = VERSION_OFFSET + Short.BYTES;
    static final int LENGTH_OFFSET = DRIVE_LUNS_OFFSET + Short.BYTES;
    static final int DRIVE_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int SEQUENCE_OFFSET = DRIVE_ID_OFFSET + Long.BYTES;
    static final int SHAPE_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int EPOCH_OFFSET = SHAPE_OFFSET + Long.BYTES;
    static final int NEXT_TARGET_ID_OFFSET = EPOCH_OFFSET + Integer.BYTES;
    static final int BLOCKS_OFFSET = NEXT_TARGET_ID_OFFSET + Integer.BYTES;
    static final int TARGET_COUNT_OFFSET = BLOCKS_OFFSET + Label.MOST_BLOCKS * Integer.BYTES;
    static final int CRC_OFFSET = TARGET_COUNT_OFFSET + Integer.BYTES;
    static final int TARGETS_OFFSET = CRC_OFFSET + Integer.BYTES;

    static final int TARGET_ID_OFFSET = 0;
    static final int TARGET_NAME_LENGTH_OFFSET = TARGET_ID_OFFSET + Integer.BYTES;
    static final int TARGET_NAME_OFFSET = TARGET_NAME_LENGTH_OFFSET + 2 * Short.BYTES;
    static final int TARGET_FLAGS_OFFSET = TARGET_NAME_LENGTH_OFFSET + Short.BYTES;
    static final int TARGET_OVERPROVISION_OFFSET = TARGET_NAME_OFFSET + TargetRequest.MAX_NAME_LENGTH;
    static final int TARGET_WINDOW_OFFSET = TARGET_OVERPROVISION_OFFSET + Double.BYTES;
    static final int TARGET_OPEN_BLOCKS_OFFSET = TARGET_WINDOW_OFFSET + Long.BYTES;
    static final int TARGET_RUNS_OFFSET = TARGET_OPEN_BLOCKS_OFFSET + Integer.BYTES;
    static final int TARGET_LUNS_OFFSET = TARGET_RUNS_OFFSET + Integer.BYTES;

    private static final int RUN_BYTES = 2 * Integer.BYTES;
    private static final int REMOVING = 1;

    private LabelLayout() {}

    /** Bytes of a record. */
    static int length(Label label, int luns) {
        return TARGETS_OFFSET
                + label.targets().stream()
                        .mapToInt(target -> targetLength(target.blocks().size(), luns))
                        .sum();
    }

    /** Bytes of a target's entry. */
    static int targetLength(int runs, int luns) {
        return TARGET_LUNS_OFFSET + lunBytes(luns) + runs * RUN_BYTES;
    }

    private static int lunBytes(int luns) {
        return (luns + Byte.SIZE - 1) / Byte.SIZE;
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
        int length = length(label, luns);
        buffer.putLong(MAGIC_OFFSET, MAGIC);
        buffer.putShort(VERSION_OFFSET, (short) VERSION);
        buffer.putShort(DRIVE_LUNS_OFFSET, (short) (luns - 1));
        buffer.putInt(LENGTH_OFFSET, length);
        buffer.putLong(DRIVE_ID_OFFSET, label.driveId());
        buffer.putLong(SEQUENCE_OFFSET, label.sequence());
        buffer.putLong(SHAPE_OFFSET, label.shape());
        buffer.putInt(EPOCH_OFFSET, label.mountEpoch());
        buffer.putInt(NEXT_TARGET_ID_OFFSET, label.nextTargetId());
        for (int i = 0; i < Label.MOST_BLOCKS; i++) {
            boolean there = i < label.blocks().size();
            buffer.putInt(
                    BLOCKS_OFFSET + i * Integer.BYTES, there ? label.blocks().get(i) : NO_BLOCK);
        }
        buffer.putInt(TARGET_COUNT_OFFSET, label.targets().size());
        int offset = TARGETS_OFFSET;
        for (TargetInfo target : label.targets()) {
            encodeTarget(buffer, offset, target, luns);
            offset += targetLength(target.blocks().size(), luns);
        }
        buffer.putInt(CRC_OFFSET, checksum.of(buffer, 0, length));
    }

    private static void encodeTarget(ByteBuffer buffer, int offset, TargetInfo target, int luns) {
        byte[] name = target.name().getBytes(StandardCharsets.US_ASCII);
        buffer.putInt(offset + TARGET_ID_OFFSET, target.id());
        buffer.putShort(offset + TARGET_NAME_LENGTH_OFFSET, (short) name.length);
        buffer.putShort(offset + TARGET_FLAGS_OFFSET, (short) (target.removing() ? REMOVING : 0));
        buffer.put(offset + TARGET_NAME_OFFSET, name);
        buffer.putDouble(offset + TARGET_OVERPROVISION_OFFSET, target.overprovision());
        buffer.putLong(offset + TARGET_WINDOW_OFFSET, target.windowBytes());
        buffer.putInt(offset + TARGET_OPEN_BLOCKS_OFFSET, target.openBlocks());
        buffer.putInt(offset + TARGET_RUNS_OFFSET, target.blocks().size());
        for (int lun : target.luns()) {
            int at = offset + TARGET_LUNS_OFFSET + lun / Byte.SIZE;
            buffer.put(at, (byte) (buffer.get(at) | 1 << lun % Byte.SIZE));
        }
        int at = offset + TARGET_LUNS_OFFSET + lunBytes(luns);
        for (BlockRange run : target.blocks()) {
            buffer.putInt(at, run.first());
            buffer.putInt(at + Integer.BYTES, run.count());
            at += RUN_BYTES;
        }
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
     * @throws NotRecognisedException when it is for other LUNs: where its blocks are can't be told then
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
        checkLuns(Short.toUnsignedInt(buffer.getShort(offset + DRIVE_LUNS_OFFSET)) + 1, luns);
        long sequence = buffer.getLong(offset + SEQUENCE_OFFSET);
        int count = buffer.getInt(offset + TARGET_COUNT_OFFSET);
        if (sequence < 0 || count < 0) {
            return null;
        }
        List<Integer> blocks = new ArrayList<>();
        for (int i = 0; i < Label.MOST_BLOCKS; i++) {
            int block = buffer.getInt(offset + BLOCKS_OFFSET + i * Integer.BYTES);
            if (block != NO_BLOCK) {
                blocks.add(block);
            }
        }
        if (!Label.isCount(blocks.size())) {
            return null;
        }
        List<TargetInfo> targets = decodeTargets(buffer, offset + TARGETS_OFFSET, offset + length, count, luns);
        if (targets == null) {
            return null;
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

    /** Null when they are not exactly as many as said, or one is none. */
    private static List<TargetInfo> decodeTargets(ByteBuffer buffer, int offset, int end, int count, int luns) {
        List<TargetInfo> targets = new ArrayList<>();
        int at = offset;
        while (targets.size() < count && end - at >= targetLength(0, luns)) {
            int runs = buffer.getInt(at + TARGET_RUNS_OFFSET);
            if (runs < 0 || runs > (end - at - targetLength(0, luns)) / RUN_BYTES) {
                return null;
            }
            TargetInfo target = decodeTarget(buffer, at, runs, luns);
            if (target == null) {
                return null;
            }
            targets.add(target);
            at += targetLength(runs, luns);
        }
        return targets.size() == count && at == end ? targets : null;
    }

    private static TargetInfo decodeTarget(ByteBuffer buffer, int offset, int runs, int luns) {
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
        List<BlockRange> blocks = new ArrayList<>();
        int run = offset + TARGET_LUNS_OFFSET + lunBytes(luns);
        for (int i = 0; i < runs; i++) {
            int first = buffer.getInt(run + i * RUN_BYTES);
            int count = buffer.getInt(run + i * RUN_BYTES + Integer.BYTES);
            if (first < 0 || count < 1 || first > Integer.MAX_VALUE - count) {
                return null;
            }
            blocks.add(new BlockRange(first, count));
        }
        return new TargetInfo(
                new String(name, StandardCharsets.US_ASCII),
                buffer.getInt(offset + TARGET_ID_OFFSET),
                owned,
                blocks,
                buffer.getDouble(offset + TARGET_OVERPROVISION_OFFSET),
                buffer.getInt(offset + TARGET_OPEN_BLOCKS_OFFSET),
                buffer.getLong(offset + TARGET_WINDOW_OFFSET),
                (buffer.getShort(offset + TARGET_FLAGS_OFFSET) & REMOVING) != 0);
    }

    /** Whether a record of this drive seems to begin here; for a look at the first sector alone. */
    static boolean isLabel(ByteBuffer buffer, int offset, long driveId) {
        return buffer.getLong(offset + MAGIC_OFFSET) == MAGIC && buffer.getLong(offset + DRIVE_ID_OFFSET) == driveId;
    }

    private static void checkLuns(int made, int shown) throws NotRecognisedException {
        if (made != shown) {
            throw new NotRecognisedException(
                    "the label was made for a drive of " + made + " LUNs, and this one is shown with " + shown,
                    "open it with the LUNs that it was made with; a drive whose URI says how many it has takes luns="
                            + made);
        }
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
