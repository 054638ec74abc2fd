package io.ocssd.device;

import java.util.Arrays;

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
    private static final BlockType[] TYPES = BlockType.values();

    private final Geometry geometry;
    private final byte[] states;
    private final int[] writePointers;
    private final long[] eraseCounts;
    private final byte[] types;
    private final byte[] wearIndexes;
    private final int[] sectors;

    /** An empty report: every block is free, never erased, written in order and of the usual size. */
    public BlockReport(Geometry geometry) {
        this.geometry = geometry;
        this.states = new byte[geometry.blocks()];
        this.writePointers = new int[geometry.blocks()];
        this.eraseCounts = new long[geometry.blocks()];
        this.types = new byte[geometry.blocks()];
        this.wearIndexes = new byte[geometry.blocks()];
        this.sectors = new int[geometry.blocks()];
        Arrays.fill(sectors, geometry.sectorsPerBlock());
    }

    /** Sets one row. */
    public void set(int blockIndex, BlockState state, int writePointer, long eraseCount) {
        states[blockIndex] = (byte) state.ordinal();
        writePointers[blockIndex] = writePointer;
        eraseCounts[blockIndex] = eraseCount;
    }

    /**
     * Sets what a block is like.
     *
     * @param type how it is written
     * @param sectorCount how many sectors it has
     * @param wearIndex 0 to 255
     */
    public void describe(int blockIndex, BlockType type, int sectorCount, int wearIndex) {
        types[blockIndex] = (byte) type.ordinal();
        sectors[blockIndex] = sectorCount;
        wearIndexes[blockIndex] = (byte) wearIndex;
    }

    /** The geometry that the block numbers belong to. */
    public Geometry geometry() {
        return geometry;
    }

    /** State of a block. */
    public BlockState state(int blockIndex) {
        return STATES[states[blockIndex]];
    }

    /** How a block is written. */
    public BlockType type(int blockIndex) {
        return TYPES[types[blockIndex]];
    }

    /** Sectors of a block; differs from sectorsPerBlock where the size of a block deviates. */
    public int sectors(int blockIndex) {
        return sectors[blockIndex];
    }

    /** Wear level index: 0 (new) to 255 (worn out). */
    public int wearIndex(int blockIndex) {
        return wearIndexes[blockIndex] & 0xFF;
    }

    /**
     * Sectors written, from 0 (empty) to {@link #sectors} (full); meaningless when the block is offline or written anywhere.
     */
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
