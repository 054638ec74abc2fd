package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.CorruptException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * States, write pointers and erase counts of all blocks, in memory and in the state table of the image.
 *
 * <p>A change goes to the image first: memory never says more than would survive. Not thread-safe: rows of a LUN are
 * guarded by whoever guards the LUN.
 */
final class BlockTable {
    private static final BlockState[] STATES = BlockState.values();
    private static final int LOADED_AT_ONCE = 2048;

    private final MediaTraits media;
    private final ImageLayout layout;
    private final Geometry geometry;
    private final DeviceAddressFormat addresses;
    private final Backing backing;
    private final byte[] states;
    private final int[] writePointers;
    private final int[] erases;

    /** A table of blocks that were never touched, as in an image just made. */
    BlockTable(CreationParameters parameters, ImageLayout layout, Backing backing) {
        this.media = parameters.media();
        this.layout = layout;
        this.geometry = layout.geometry();
        this.addresses = new DeviceAddressFormat(geometry);
        this.backing = backing;
        this.states = new byte[geometry.blocks()];
        this.writePointers = new int[geometry.blocks()];
        this.erases = new int[geometry.blocks()];
    }

    /**
     * Reads the table of an image.
     *
     * @param backing where changes go
     * @param source where it is read from
     * @throws CorruptException when a record is not possible in this geometry; it names the block
     */
    static BlockTable load(
            CreationParameters parameters, ImageLayout layout, Backing backing, Backing source, String image)
            throws IOException {
        BlockTable table = new BlockTable(parameters, layout, backing);
        int blocks = layout.geometry().blocks();
        ByteBuffer records = ByteBuffer.allocateDirect(LOADED_AT_ONCE * BlockRecordLayout.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < blocks; first += LOADED_AT_ONCE) {
            int count = Math.min(LOADED_AT_ONCE, blocks - first);
            records.clear().limit(count * BlockRecordLayout.BYTES);
            source.read(records, layout.recordOffset(first));
            for (int i = 0; i < count; i++) {
                table.decode(first + i, records, i * BlockRecordLayout.BYTES, image);
            }
        }
        return table;
    }

    BlockState state(int block) {
        return STATES[states[block]];
    }

    /** Sectors written; 0 when offline. */
    int writePointer(int block) {
        return writePointers[block];
    }

    int erases(int block) {
        return erases[block];
    }

    /**
     * Changes a row.
     *
     * @param record room for one record
     * @throws IOException when the image could not be written; the row is as it was
     */
    void set(int block, BlockState state, int writePointer, int eraseCount, ByteBuffer record) throws IOException {
        encode(block, state, writePointer, eraseCount, record);
        backing.write(record, layout.recordOffset(block));
        states[block] = (byte) state.ordinal();
        writePointers[block] = writePointer;
        erases[block] = eraseCount;
    }

    /** Fills the rows of one LUN. */
    void report(int lun, BlockReport report) {
        int first = lun * geometry.blocksPerLun();
        for (int block = first; block < first + geometry.blocksPerLun(); block++) {
            report.set(block, state(block), writePointers[block], erases[block]);
        }
    }

    private void encode(int block, BlockState state, int writePointer, int eraseCount, ByteBuffer record) {
        record.clear().limit(BlockRecordLayout.BYTES);
        record.put(BlockRecordLayout.STATE_OFFSET, (byte) code(state))
                .put(BlockRecordLayout.TYPE_OFFSET, (byte) BlockRecordLayout.TYPE_SEQUENTIAL)
                .put(BlockRecordLayout.WEAR_OFFSET, (byte) media.wearIndex(eraseCount))
                .put(BlockRecordLayout.RESERVED_OFFSET, (byte) 0)
                .putInt(BlockRecordLayout.ERASES_OFFSET, eraseCount)
                .putLong(BlockRecordLayout.SLBA_OFFSET, addresses.pack(geometry.blockPpa(block)))
                .putLong(BlockRecordLayout.CNLB_OFFSET, geometry.sectorsPerBlock())
                .putLong(
                        BlockRecordLayout.WRITE_POINTER_OFFSET,
                        state == BlockState.OFFLINE ? BlockRecordLayout.NO_WRITE_POINTER : writePointer);
    }

    private void decode(int block, ByteBuffer records, int at, String image) throws CorruptException {
        int code = records.get(at + BlockRecordLayout.STATE_OFFSET);
        if (code == 0) {
            checkUntouched(block, records, at, image);
            return;
        }
        BlockState state = stateOf(code);
        if (state == null) {
            throw corrupt(block, image, String.format("its state is 0x%X", code & 0xFF));
        }
        int type = records.get(at + BlockRecordLayout.TYPE_OFFSET);
        int eraseCount = records.getInt(at + BlockRecordLayout.ERASES_OFFSET);
        long slba = records.getLong(at + BlockRecordLayout.SLBA_OFFSET);
        long cnlb = records.getLong(at + BlockRecordLayout.CNLB_OFFSET);
        long writePointer = records.getLong(at + BlockRecordLayout.WRITE_POINTER_OFFSET);
        if (type != BlockRecordLayout.TYPE_SEQUENTIAL) {
            throw corrupt(block, image, String.format("its type is 0x%X", type & 0xFF));
        }
        if (eraseCount < 0 || (records.get(at + BlockRecordLayout.WEAR_OFFSET) & 0xFF) != media.wearIndex(eraseCount)) {
            throw corrupt(block, image, "its wear does not agree with its erase count " + eraseCount);
        }
        if (!isStart(block, slba)) {
            throw corrupt(block, image, String.format("it says that it begins at device address 0x%X", slba));
        }
        if (cnlb != geometry.sectorsPerBlock()) {
            throw corrupt(block, image, "it says that it has " + cnlb + " sectors");
        }
        if (!isPossible(state, writePointer)) {
            throw corrupt(block, image, "it is " + state.label() + " with write pointer " + writePointer);
        }
        states[block] = (byte) state.ordinal();
        writePointers[block] = state == BlockState.OFFLINE ? 0 : (int) writePointer;
        erases[block] = eraseCount;
    }

    private boolean isStart(int block, long slba) {
        try {
            return addresses.unpack(slba) == geometry.blockPpa(block);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isPossible(BlockState state, long writePointer) {
        return switch (state) {
            case FREE -> writePointer == 0;
            case OPEN -> writePointer > 0 && writePointer < geometry.sectorsPerBlock();
            case CLOSED -> writePointer > 0 && writePointer <= geometry.sectorsPerBlock();
            case OFFLINE -> writePointer == BlockRecordLayout.NO_WRITE_POINTER;
        };
    }

    private void checkUntouched(int block, ByteBuffer records, int at, String image) throws CorruptException {
        for (int i = 0; i < BlockRecordLayout.BYTES; i += Long.BYTES) {
            if (records.getLong(at + i) != 0) {
                throw corrupt(block, image, "it has no state");
            }
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

    private static int code(BlockState state) {
        return switch (state) {
            case FREE -> BlockRecordLayout.STATE_FREE;
            case OPEN -> BlockRecordLayout.STATE_OPEN;
            case CLOSED -> BlockRecordLayout.STATE_CLOSED;
            case OFFLINE -> BlockRecordLayout.STATE_OFFLINE;
        };
    }

    private static BlockState stateOf(int code) {
        return switch (code) {
            case BlockRecordLayout.STATE_FREE -> BlockState.FREE;
            case BlockRecordLayout.STATE_OPEN -> BlockState.OPEN;
            case BlockRecordLayout.STATE_CLOSED -> BlockState.CLOSED;
            case BlockRecordLayout.STATE_OFFLINE -> BlockState.OFFLINE;
            default -> null;
        };
    }
}
