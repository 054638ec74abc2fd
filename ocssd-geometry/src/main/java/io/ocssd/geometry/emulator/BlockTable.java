package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.CorruptException;
import io.ocssd.geometry.page.ChunkDescriptor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The states of all blocks, in memory and in the state table of the image.
 *
 * <p>A change goes to the image first, where there is one: memory never says more than would survive. Not thread-safe: rows of a LUN are
 * guarded by whoever guards the LUN.
 */
final class BlockTable {
    private static final int LOADED_AT_ONCE = 2048;

    private final CreationParameters parameters;
    private final ImageLayout layout;
    private final BlockShapes shapes;
    private final BlockRecords records;
    private final Backing backing;
    private final boolean outlives;
    private final BlockStates states;

    /** A table of blocks that were never touched, as in an image just made. */
    BlockTable(CreationParameters parameters, ImageLayout layout, Backing backing) {
        this.parameters = parameters;
        this.layout = layout;
        this.shapes = new BlockShapes(parameters);
        this.records = new BlockRecords(parameters, shapes);
        this.backing = backing;
        this.outlives = backing.outlivesTheDrive();
        this.states = new BlockStates(parameters.geometry(), shapes);
    }

    /**
     * Reads the table of an image.
     *
     * @param backing where changes go
     * @param source where it is read from
     * @throws CorruptException when a record is not possible on this drive; it names the block
     */
    static BlockTable load(
            CreationParameters parameters, ImageLayout layout, Backing backing, Backing source, String image)
            throws IOException {
        BlockTable table = new BlockTable(parameters, layout, backing);
        int blocks = parameters.geometry().blocks();
        ByteBuffer bytes = ByteBuffer.allocateDirect(LOADED_AT_ONCE * BlockRecordLayout.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int first = 0; first < blocks; first += LOADED_AT_ONCE) {
            int count = Math.min(LOADED_AT_ONCE, blocks - first);
            bytes.clear().limit(count * BlockRecordLayout.BYTES);
            source.read(bytes, layout.recordOffset(first));
            for (int i = 0; i < count; i++) {
                table.records.decode(first + i, bytes, i * BlockRecordLayout.BYTES, table.states, image);
            }
        }
        return table;
    }

    /** The states, to be changed by {@link #set} alone. */
    BlockStates states() {
        return states;
    }

    BlockState state(int block) {
        return states.condition(block).state();
    }

    /** Sectors written; 0 when the block is offline or written anywhere. */
    int writePointer(int block) {
        return states.written(block);
    }

    int erases(int block) {
        return states.erases(block);
    }

    /**
     * Changes a row.
     *
     * @param record room for one record
     * @throws IOException when the image could not be written; the row is as it was
     */
    void set(int block, Condition condition, int written, int erases, ByteBuffer record) throws IOException {
        if (outlives) {
            keep(block, condition, written, erases, record);
        }
        states.set(block, condition, written, erases);
    }

    /** Changes a row, all but its erases; see {@link #set}. */
    void advance(int block, Condition condition, int written, ByteBuffer record) throws IOException {
        if (outlives) {
            keep(block, condition, written, states.erases(block), record);
        }
        states.advance(block, condition, written);
    }

    private void keep(int block, Condition condition, int written, int erases, ByteBuffer record) throws IOException {
        boolean onlyWritten = states.condition(block) == condition && states.erases(block) == erases;
        if (onlyWritten && condition == Condition.OPEN) {
            BlockRecords.encodeWritten(written, record);
            backing.write(record, layout.recordOffset(block) + BlockRecordLayout.WRITE_POINTER_OFFSET);
        } else {
            records.encode(block, condition, written, erases, record);
            backing.write(record, layout.recordOffset(block));
        }
    }

    /** Closes the zones that are open, as a drive does that has lost its power. Those without data are free then. */
    void closeZones() throws IOException {
        ByteBuffer record = CommandScratch.newRecord();
        for (int block = 0; block < parameters.geometry().blocks(); block++) {
            Condition condition = states.condition(block);
            boolean empty = states.written(block) == 0;
            if (parameters.capabilities().zoned() && condition.isActive() && (condition.isOpen() || empty)) {
                Condition closed = empty ? Condition.FREE : Condition.PARKED;
                set(block, closed, states.written(block), states.erases(block), record);
            }
        }
    }

    /** Fills the rows of one LUN. */
    void report(int lun, BlockReport report) {
        Geometry geometry = parameters.geometry();
        int first = lun * geometry.blocksPerLun();
        for (int block = first; block < first + geometry.blocksPerLun(); block++) {
            int erases = states.erases(block);
            report.set(block, state(block), reportedWritePointer(block), erases);
            int wearIndex = parameters.media().wearIndex(erases);
            report.describe(block, shapes.type(block), shapes.sectors(block), wearIndex);
        }
    }

    /** What the chunk information log page says of a block, whose device address is given. */
    ChunkDescriptor descriptor(int block, long address) {
        return new ChunkDescriptor(
                state(block),
                shapes.type(block),
                shapes.sectors(block) != parameters.geometry().sectorsPerBlock(),
                parameters.media().wearIndex(states.erases(block)),
                address,
                shapes.sectors(block),
                reportedWritePointer(block));
    }

    /** A zone does not tell how much was written before it became full. */
    private int reportedWritePointer(int block) {
        boolean fullZone = parameters.capabilities().zoned() && state(block) == BlockState.CLOSED;
        return fullZone ? shapes.sectors(block) : states.written(block);
    }
}
