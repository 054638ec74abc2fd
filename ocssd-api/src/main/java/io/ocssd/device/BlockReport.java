package io.ocssd.device;

/**
 * States, write pointers and wear of all blocks of a device at one moment, by linear block number
 * ({@link Geometry#blockIndex}).
 *
 * <p>Kept in flat arrays, since drives have hundreds of thousands of blocks. A snapshot: it belongs to whoever asked for
 * it. Filled by device implementations, read by everyone else.
 */
public final class BlockReport {
    /** Erase count of a block on devices that do not tell. */
    public static final long UNKNOWN_ERASES = -1;

    private static final BlockState[] STATES = BlockState.values();

    private final Geometry geometry;
    private final byte[] states;
    private final int[] writePointers;
    private final long[] eraseCounts;

    /** An empty report: every block is free, never erased. */
    public BlockReport(Geometry geometry) {
        this.geometry = geometry;
        this.states = new byte[geometry.blocks()];
        this.writePointers = new int[geometry.blocks()];
        this.eraseCounts = new long[geometry.blocks()];
    }

    /** Sets one row. */
    public void set(int blockIndex, BlockState state, int writePointer, long eraseCount) {
        states[blockIndex] = (byte) state.ordinal();
        writePointers[blockIndex] = writePointer;
        eraseCounts[blockIndex] = eraseCount;
    }

    /** The geometry that the block numbers belong to. */
    public Geometry geometry() {
        return geometry;
    }

    /** State of a block. */
    public BlockState state(int blockIndex) {
        return STATES[states[blockIndex]];
    }

    /** Sectors written, from 0 (empty) to sectorsPerBlock (full); meaningless when the block is offline. */
    public int writePointer(int blockIndex) {
        return writePointers[blockIndex];
    }

    /** How often the block was erased, or {@link #UNKNOWN_ERASES}. */
    public long eraseCount(int blockIndex) {
        return eraseCounts[blockIndex];
    }

    /** Number of blocks in a state. */
    public int count(BlockState state) {
        int count = 0;
        for (byte each : states) {
            if (each == state.ordinal()) {
                count++;
            }
        }
        return count;
    }
}
