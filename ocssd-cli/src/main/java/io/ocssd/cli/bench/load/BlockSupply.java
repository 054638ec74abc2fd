package io.ocssd.cli.bench.load;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * The blocks that a load may write: those that were free when it began, and later those that it filled itself.
 *
 * <p>Nobody else's block is ever handed out. Not thread-safe: what prepares the reads has it first, then the one stream of
 * writes.
 */
final class BlockSupply {
    private final Geometry geometry;
    private final BlockReport report;
    /** By LUN: the block to look at next for one that was free at the start. */
    private final int[] nextFree;
    /** By LUN: blocks that were filled, oldest first; made when the first one is. */
    private final ArrayDeque<Integer>[] filled;
    /** Blocks of the whole device that were handed out at least once. */
    private final BitSet touched = new BitSet();

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    BlockSupply(BlockReport report) {
        this.geometry = report.geometry();
        this.report = report;
        this.nextFree = new int[geometry.luns()];
        this.filled = new ArrayDeque[geometry.luns()];
    }

    /** Takes a block of the LUN that is free; -1 when there is none any more. */
    int takeFree(int lun) {
        int block = seekFree(lun);
        if (block < 0) {
            return -1;
        }
        nextFree[lun] = block + 1;
        touched.set(index(lun, block));
        return block;
    }

    /** The block was filled: it may be erased when no other is left. */
    void giveFilled(int lun, int block) {
        if (filled[lun] == null) {
            filled[lun] = new ArrayDeque<>();
        }
        filled[lun].add(block);
    }

    /** Takes the block of the LUN that was filled first, to be erased; -1 when there is none. */
    int takeFilled(int lun) {
        ArrayDeque<Integer> blocks = filled[lun];
        return blocks == null || blocks.isEmpty() ? -1 : blocks.remove();
    }

    /** Whether the LUN has a block to give, free or filled. */
    boolean hasAny(int lun) {
        return (filled[lun] != null && !filled[lun].isEmpty()) || seekFree(lun) >= 0;
    }

    /** Linear numbers of all blocks that were handed out. */
    BitSet touched() {
        return touched;
    }

    private int seekFree(int lun) {
        for (int block = nextFree[lun]; block < geometry.blocksPerLun(); block++) {
            if (isUsual(report, index(lun, block)) && report.state(index(lun, block)) == BlockState.FREE) {
                nextFree[lun] = block;
                return block;
            }
        }
        nextFree[lun] = geometry.blocksPerLun();
        return -1;
    }

    /** Whether a block is written in order and of the usual size: others are left alone. */
    static boolean isUsual(BlockReport report, int index) {
        return report.type(index) == BlockType.SEQUENTIAL
                && report.sectors(index) == report.geometry().sectorsPerBlock();
    }

    private int index(int lun, int block) {
        return lun * geometry.blocksPerLun() + block;
    }
}
