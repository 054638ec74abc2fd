package io.ocssd.ftl.vblock;

import io.ocssd.device.Geometry;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * The free blocks of a target, and which of them a new vblock gets. Thread-safe.
 *
 * <p>In a LUN the block erased least often comes first, the one that has been free longest among equals, so that all blocks
 * come round. LUNs are chosen by the erase count of their next block, then by how many of their blocks are open, then in
 * rotation; unless that choice would cost a vblock more than the one that is made, when those with the most free blocks are
 * taken. Every choice is a function of the calls made so far.
 */
final class BlockPool {
    private record FreeBlock(int block, long erases, long since) {}

    private static final Comparator<FreeBlock> ORDER =
            Comparator.comparingLong(FreeBlock::erases).thenComparingLong(FreeBlock::since);

    private static final class Lun {
        final int lun;
        final PriorityQueue<FreeBlock> free = new PriorityQueue<>(ORDER);
        int open;

        Lun(int lun) {
            this.lun = lun;
        }
    }

    private final Geometry geometry;
    private final Mutex mutex;
    private final List<Lun> luns = new ArrayList<>();
    private final int[] placeOfLun;
    private final long[] erases;
    private long clock;
    private int rotation;

    /**
     * A pool without free blocks.
     *
     * @param lunNumbers the target's LUNs, by linear number
     */
    BlockPool(Scheduler scheduler, Geometry geometry, List<Integer> lunNumbers) {
        this.geometry = geometry;
        this.mutex = scheduler.newMutex();
        this.placeOfLun = new int[geometry.luns()];
        this.erases = new long[geometry.blocks()];
        for (int lun : lunNumbers) {
            placeOfLun[lun] = luns.size();
            luns.add(new Lun(lun));
        }
    }

    /** Notes how often a block was erased, before it is free for the first time. */
    void setErases(int block, long count) {
        erases[block] = Math.max(0, count);
    }

    /** A block is free that was erased before it came here. */
    void addFree(int block) {
        mutex.lock();
        try {
            lunOf(block).free.add(new FreeBlock(block, erases[block], clock++));
        } finally {
            mutex.unlock();
        }
    }

    /** A block was erased just now and is free. */
    void addErased(int block) {
        mutex.lock();
        try {
            erases[block]++;
            lunOf(block).free.add(new FreeBlock(block, erases[block], clock++));
        } finally {
            mutex.unlock();
        }
    }

    /** Blocks that were taken are open no more. */
    void closed(List<Integer> blocks) {
        mutex.lock();
        try {
            for (int block : blocks) {
                lunOf(block).open--;
            }
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Takes one block from each of {@code width} LUNs, in the order of the stripe; they count as open.
     *
     * @return empty when too few LUNs have one; nothing was taken then
     */
    List<Integer> take(int width) {
        mutex.lock();
        try {
            List<Lun> withFree = new ArrayList<>();
            for (int i = 0; i < luns.size(); i++) {
                Lun lun = luns.get((i + rotation) % luns.size());
                if (!lun.free.isEmpty()) {
                    withFree.add(lun);
                }
            }
            if (withFree.size() < width) {
                return List.of();
            }
            rotation = (rotation + width) % luns.size();
            return takeFrom(choose(withFree, width));
        } finally {
            mutex.unlock();
        }
    }

    /** Vblocks of this width that could be taken one after the other. */
    int available(int width) {
        mutex.lock();
        try {
            return available(width, List.of());
        } finally {
            mutex.unlock();
        }
    }

    /** Free blocks. */
    int freeBlocks() {
        mutex.lock();
        try {
            return luns.stream().mapToInt(lun -> lun.free.size()).sum();
        } finally {
            mutex.unlock();
        }
    }

    private List<Lun> choose(List<Lun> withFree, int width) {
        int before = available(width, List.of());
        // Both sorts are stable, so the rotation decides among equals.
        withFree.sort(
                Comparator.comparingLong((Lun lun) -> lun.free.peek().erases()).thenComparingInt(lun -> lun.open));
        List<Lun> chosen = new ArrayList<>(withFree.subList(0, width));
        if (available(width, chosen) < before - 1) {
            withFree.sort(Comparator.comparingInt((Lun lun) -> -lun.free.size()));
            chosen = new ArrayList<>(withFree.subList(0, width));
        }
        // Neighbours in the stripe on different channels.
        chosen.sort(Comparator.comparingInt((Lun lun) -> lun.lun % geometry.lunsPerChannel())
                .thenComparingInt(lun -> lun.lun));
        return chosen;
    }

    private static List<Integer> takeFrom(List<Lun> chosen) {
        List<Integer> blocks = new ArrayList<>();
        for (Lun lun : chosen) {
            blocks.add(lun.free.remove().block());
            lun.open++;
        }
        return blocks;
    }

    /** The most vblocks n for which the LUNs together have n x width blocks, no LUN giving more than n. */
    private int available(int width, List<Lun> oneLess) {
        int low = 0;
        int high = luns.stream().mapToInt(lun -> lun.free.size()).sum() / width;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            long blocks = 0;
            for (Lun lun : luns) {
                blocks += Math.min(middle, lun.free.size() - (oneLess.contains(lun) ? 1 : 0));
            }
            if (blocks >= (long) middle * width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private Lun lunOf(int block) {
        return luns.get(placeOfLun[block / geometry.blocksPerLun()]);
    }
}
