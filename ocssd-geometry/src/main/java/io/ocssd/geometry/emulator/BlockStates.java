package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;

/**
 * What the blocks of a drive are like at a moment: all that the rules look at.
 *
 * <p>One long for each block, by linear block number, so that a command loads and stores one place, and threads on different
 * LUNs meet in a cache line only where LUNs meet. Not thread-safe: the rows of a LUN are guarded by whoever guards the LUN.
 *
 * <pre>
 *   bits  0 to  2  ordinal of the {@link Condition}
 *   bits  3 to 28  sectors written, at most 2^24
 *   bits 29 to 60  erases, at most 2^31 - 1
 * </pre>
 */
final class BlockStates {
    private static final Condition[] CONDITIONS = Condition.values();
    private static final int CONDITION_MASK = 0x7;
    private static final int WRITTEN_SHIFT = 3;
    private static final int WRITTEN_MASK = (1 << 26) - 1;
    private static final int ERASES_SHIFT = 29;
    private static final long ERASES_MASK = -1L << ERASES_SHIFT;
    private static final int FREE = Condition.FREE.ordinal();
    private static final int OPEN = Condition.OPEN.ordinal();

    private final Geometry geometry;
    private final BlockShapes shapes;
    private final long[] rows;

    /** Blocks that are all free. */
    BlockStates(Geometry geometry, BlockShapes shapes) {
        this.geometry = geometry;
        this.shapes = shapes;
        this.rows = new long[geometry.blocks()];
    }

    Geometry geometry() {
        return geometry;
    }

    Condition condition(int block) {
        return CONDITIONS[(int) rows[block] & CONDITION_MASK];
    }

    /** Sectors written from the beginning of the block on; 0 for a block that is offline or written anywhere. */
    int written(int block) {
        return (int) (rows[block] >>> WRITTEN_SHIFT) & WRITTEN_MASK;
    }

    /** How often the block was erased. */
    int erases(int block) {
        return (int) (rows[block] >>> ERASES_SHIFT);
    }

    /** Sectors that the block has. */
    int sectors(int block) {
        return shapes.sectors(block);
    }

    /** Whether the block is written anywhere. */
    boolean isRandom(int block) {
        return shapes.isRandom(block);
    }

    int lun(int block) {
        return block / geometry.blocksPerLun();
    }

    /** Whether the block is free or open. */
    boolean takesWrites(int block) {
        int condition = (int) rows[block] & CONDITION_MASK;
        return condition == OPEN || condition == FREE;
    }

    /** Whether sectors from {@code first} on are the next ones of a block that takes writes. */
    boolean continues(int block, int first, int length) {
        long row = rows[block];
        int condition = (int) row & CONDITION_MASK;
        return (condition == OPEN || condition == FREE)
                && ((int) (row >>> WRITTEN_SHIFT) & WRITTEN_MASK) == first
                && first + length <= shapes.sectors(block);
    }

    /** Changes a row, all but its erases. */
    void advance(int block, Condition condition, int written) {
        rows[block] = (rows[block] & ERASES_MASK) | (long) written << WRITTEN_SHIFT | condition.ordinal();
    }

    /** Changes a row. */
    void set(int block, Condition condition, int written, int erases) {
        rows[block] = (long) erases << ERASES_SHIFT | (long) written << WRITTEN_SHIFT | condition.ordinal();
    }
}
