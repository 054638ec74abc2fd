package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;

/**
 * What the blocks of a drive are like at a moment: all that the rules look at.
 *
 * <p>Flat arrays by linear block number. Not thread-safe: the rows of a LUN are guarded by whoever guards the LUN.
 */
final class BlockStates {
    private static final Condition[] CONDITIONS = Condition.values();

    private final Geometry geometry;
    private final BlockShapes shapes;
    private final byte[] conditions;
    private final int[] written;
    private final int[] erases;

    /** Blocks that are all free. */
    BlockStates(Geometry geometry, BlockShapes shapes) {
        this.geometry = geometry;
        this.shapes = shapes;
        this.conditions = new byte[geometry.blocks()];
        this.written = new int[geometry.blocks()];
        this.erases = new int[geometry.blocks()];
    }

    Geometry geometry() {
        return geometry;
    }

    Condition condition(int block) {
        return CONDITIONS[conditions[block]];
    }

    /** Sectors written from the beginning of the block on; 0 for a block that is offline or written anywhere. */
    int written(int block) {
        return written[block];
    }

    /** How often the block was erased. */
    int erases(int block) {
        return erases[block];
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

    /** Changes a row. */
    void set(int block, Condition condition, int writtenSectors, int eraseCount) {
        conditions[block] = (byte) condition.ordinal();
        written[block] = writtenSectors;
        erases[block] = eraseCount;
    }
}
