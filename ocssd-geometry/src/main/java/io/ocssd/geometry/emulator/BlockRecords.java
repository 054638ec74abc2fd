package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import io.ocssd.error.CorruptException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;

/** Records of the state table, to bytes and back; {@link BlockRecordLayout} says where each field is. Stateless. */
final class BlockRecords {
    private final Geometry geometry;
    private final MediaTraits media;
    private final boolean zoned;
    private final BlockShapes shapes;
    private final DeviceAddressFormat addresses;

    BlockRecords(CreationParameters parameters, BlockShapes shapes) {
        this.geometry = parameters.geometry();
        this.media = parameters.media();
        this.zoned = parameters.capabilities().zoned();
        this.shapes = shapes;
        this.addresses = new DeviceAddressFormat(geometry);
    }

    /** Fills {@code record}, which is little endian. */
    void encode(int block, Condition condition, int written, int erases, ByteBuffer record) {
        boolean noPointer = condition == Condition.OFFLINE || shapes.isRandom(block);
        record.clear().limit(BlockRecordLayout.BYTES);
        record.put(BlockRecordLayout.STATE_OFFSET, (byte) stateCode(condition))
                .put(BlockRecordLayout.TYPE_OFFSET, (byte) typeCode(block))
                .put(BlockRecordLayout.WEAR_OFFSET, (byte) media.wearIndex(erases))
                .put(BlockRecordLayout.ZONE_OFFSET, (byte) zoneCode(condition))
                .putInt(BlockRecordLayout.ERASES_OFFSET, erases)
                .putLong(BlockRecordLayout.SLBA_OFFSET, addresses.pack(geometry.blockPpa(block)))
                .putLong(BlockRecordLayout.CNLB_OFFSET, shapes.sectors(block))
                .putLong(
                        BlockRecordLayout.WRITE_POINTER_OFFSET,
                        noPointer ? BlockRecordLayout.NO_WRITE_POINTER : written);
    }

    /** Fills {@code record}, which is little endian, with the last field alone: the write pointer of a block written in order. */
    static void encodeWritten(int written, ByteBuffer record) {
        record.clear().limit(Long.BYTES).putLong(0, written);
    }

    /**
     * Reads the record of a block into its row.
     *
     * @param records little endian
     * @param at where in {@code records} it begins
     * @param image name of the file, for messages
     * @throws CorruptException when it is not possible on this drive
     */
    void decode(int block, ByteBuffer records, int at, BlockStates states, String image) throws CorruptException {
        int state = records.get(at + BlockRecordLayout.STATE_OFFSET);
        if (state == 0) {
            checkUntouched(block, records, at, image);
            return;
        }
        int zone = records.get(at + BlockRecordLayout.ZONE_OFFSET);
        Condition condition = condition(state, zone);
        if (condition == null) {
            throw corrupt(block, image, String.format("its state is 0x%X, its zone state 0x%X", state & 0xFF, zone));
        }
        int erases = records.getInt(at + BlockRecordLayout.ERASES_OFFSET);
        long slba = records.getLong(at + BlockRecordLayout.SLBA_OFFSET);
        long cnlb = records.getLong(at + BlockRecordLayout.CNLB_OFFSET);
        long writePointer = records.getLong(at + BlockRecordLayout.WRITE_POINTER_OFFSET);
        int type = records.get(at + BlockRecordLayout.TYPE_OFFSET);
        if (type != typeCode(block)) {
            throw corrupt(block, image, String.format("its type is 0x%X", type & 0xFF));
        }
        if (erases < 0 || (records.get(at + BlockRecordLayout.WEAR_OFFSET) & 0xFF) != media.wearIndex(erases)) {
            throw corrupt(block, image, "its wear does not agree with its erase count " + erases);
        }
        if (!isStart(block, slba)) {
            throw corrupt(block, image, String.format("it says that it begins at device address 0x%X", slba));
        }
        if (cnlb != shapes.sectors(block)) {
            throw corrupt(block, image, "it says that it has " + cnlb + " sectors");
        }
        if (!isPossible(block, condition, writePointer)) {
            throw corrupt(block, image, "it is " + condition.state().label() + " with write pointer " + writePointer);
        }
        boolean counts = condition != Condition.FREE && condition != Condition.OFFLINE && !shapes.isRandom(block);
        boolean full = counts && writePointer == cnlb && condition.isActive();
        states.set(block, full ? Condition.CLOSED : condition, counts ? (int) writePointer : 0, erases);
    }

    private boolean isStart(int block, long slba) {
        try {
            return addresses.unpack(slba) == geometry.blockPpa(block);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether a record may be so, the half of a change included. */
    private boolean isPossible(int block, Condition condition, long writePointer) {
        if (shapes.isRandom(block)) {
            return writePointer == BlockRecordLayout.NO_WRITE_POINTER && condition != Condition.CLOSED;
        }
        boolean none = writePointer == BlockRecordLayout.NO_WRITE_POINTER && condition == Condition.OFFLINE;
        // A zone may be opened, and closed again, by command before anything is written to it.
        int least = condition == Condition.OPEN ? 1 : 0;
        return none || (writePointer >= least && writePointer <= shapes.sectors(block));
    }

    /** A block that was never touched has zeros, or the half of its first change: what is fixed and a write pointer. */
    private void checkUntouched(int block, ByteBuffer records, int at, String image) throws CorruptException {
        long slba = records.getLong(at + BlockRecordLayout.SLBA_OFFSET);
        long cnlb = records.getLong(at + BlockRecordLayout.CNLB_OFFSET);
        long writePointer = records.getLong(at + BlockRecordLayout.WRITE_POINTER_OFFSET);
        boolean zeros = slba == 0 && cnlb == 0 && writePointer == 0;
        boolean half = isStart(block, slba)
                && cnlb == shapes.sectors(block)
                && writePointer >= BlockRecordLayout.NO_WRITE_POINTER
                && writePointer <= cnlb;
        if (records.getLong(at) != 0 || !(zeros || half)) {
            throw corrupt(block, image, "it has no state");
        }
    }

    private CorruptException corrupt(int block, String image, String what) {
        int luns = geometry.lunsPerChannel();
        int lun = block / geometry.blocksPerLun();
        return new CorruptException(
                String.format(
                        "the state table of %s is damaged at block ch=%d,lun=%d,blk=%d: %s",
                        image, lun / luns, lun % luns, block % geometry.blocksPerLun(), what),
                "nothing was changed; bring the image back from a copy or make a new one");
    }

    private int typeCode(int block) {
        int type = shapes.type(block) == BlockType.RANDOM
                ? BlockRecordLayout.TYPE_RANDOM
                : BlockRecordLayout.TYPE_SEQUENTIAL;
        boolean deviates = shapes.sectors(block) != geometry.sectorsPerBlock();
        return deviates ? type | BlockRecordLayout.TYPE_DEVIATES : type;
    }

    private static int stateCode(Condition condition) {
        return switch (condition.state()) {
            case FREE -> BlockRecordLayout.STATE_FREE;
            case OPEN -> BlockRecordLayout.STATE_OPEN;
            case CLOSED -> BlockRecordLayout.STATE_CLOSED;
            case OFFLINE -> BlockRecordLayout.STATE_OFFLINE;
        };
    }

    private static int zoneCode(Condition condition) {
        return switch (condition) {
            case FREE, OPEN, CLOSED, OFFLINE -> BlockRecordLayout.ZONE_USUAL;
            case EXPLICITLY_OPEN -> BlockRecordLayout.ZONE_EXPLICITLY_OPEN;
            case PARKED -> BlockRecordLayout.ZONE_PARKED;
            case READ_ONLY -> BlockRecordLayout.ZONE_READ_ONLY;
        };
    }

    /** Null when there is none with these codes on this drive. */
    private Condition condition(int state, int zone) {
        for (Condition each : Condition.values()) {
            boolean usual = zoneCode(each) == BlockRecordLayout.ZONE_USUAL;
            if (stateCode(each) == state && zoneCode(each) == zone && (zoned || usual)) {
                return each;
            }
        }
        return null;
    }
}
