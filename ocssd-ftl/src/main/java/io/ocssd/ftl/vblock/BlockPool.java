package io.ocssd.ftl.vblock;

import io.ocssd.device.Geometry;
import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;

/**
 * The free blocks of a target, and which of them a new vblock gets. Thread-safe.
 *
 * <p>In a LUN the block erased least often comes first, the one that has been free longest among equals, so that all blocks
 * come round. LUNs are chosen by a {@link Placement}; unless its choice would cost a vblock more than the one that is made,
 * when those with the most free blocks are taken. Every choice is a function of the calls made so far.
 */
final class BlockPool {
    private record FreeBlock(int block, long erases, long since) {}

    private static final Comparator<FreeBlock> ORDER =
            Comparator.comparingLong(FreeBlock::erases).thenComparingLong(FreeBlock::since);

    private final class Lun {
        final int lun;
        final PriorityQueue<FreeBlock> free = new PriorityQueue<>(ORDER);
        int open;

        Lun(int lun) {
            this.lun = lun;
        }

        boolean isOf(int block) {
            return block >= 0 && block / geometry.blocksPerLun() == lun;
        }
    }

    /** What a placement sees of the LUNs; under the mutex. */
    private final class View implements LunStates {
        @Override
        public int count() {
            return luns.size();
        }

        @Override
        public int lun(int place) {
            return luns.get(place).lun;
        }

        @Override
        public int channel(int place) {
            return luns.get(place).lun / geometry.lunsPerChannel();
        }

        @Override
        public int freeBlocks(int place) {
            return luns.get(place).free.size();
        }

        @Override
        public int openBlocks(int place) {
            return luns.get(place).open;
        }

        @Override
        public long nextEraseCount(int place) {
            FreeBlock next = luns.get(place).free.peek();
            if (next == null) {
                throw new IllegalArgumentException("no block is free, place=" + place);
            }
            return next.erases();
        }
    }

    private final Geometry geometry;
    private final Mutex mutex;
    private Placement placement;
    private final List<Lun> luns = new ArrayList<>();
    private final LunStates view = new View();
    private final int[] placeOfLun;
    private final long[] erases;
    private long clock;
    private int gcBlocks;
    /** What the journal may have taken at the same time without a vblock having to do without. */
    private final int journalBlocks;

    private int mostForJournal;
    private int heldByJournal;
    /** Blocks that the journal is not to take. */
    private IntPredicate leaving = block -> false;

    /**
     * A pool without free blocks.
     *
     * @param lunNumbers the target's LUNs, by linear number
     * @param placement which of them a vblock gets; the pool's own
     * @param journalBlocks how many blocks the journal may have at the same time: as many as it has not are kept free
     */
    BlockPool(
            Scheduler scheduler, Geometry geometry, List<Integer> lunNumbers, Placement placement, int journalBlocks) {
        this.geometry = geometry;
        this.placement = placement;
        this.journalBlocks = journalBlocks;
        this.mostForJournal = journalBlocks;
        this.mutex = scheduler.newMutex();
        this.placeOfLun = new int[geometry.luns()];
        this.erases = new long[geometry.blocks()];
        for (int lun : lunNumbers) {
            add(new Lun(lun));
        }
    }

    /**
     * Is of other LUNs and blocks from now on. Free blocks that it has no more are forgotten; those that are new to it have to
     * be added.
     *
     * @param lunNumbers the target's LUNs, by linear number
     * @param owned whether a block is the target's
     * @param newPlacement the pool's own
     */
    void own(List<Integer> lunNumbers, IntPredicate owned, Placement newPlacement) {
        mutex.lock();
        try {
            placement = newPlacement;
            List<Lun> before = List.copyOf(luns);
            luns.clear();
            for (int number : lunNumbers) {
                Lun lun = before.stream()
                        .filter(each -> each.lun == number)
                        .findFirst()
                        .orElseGet(() -> new Lun(number));
                lun.free.removeIf(each -> !owned.test(each.block()));
                add(lun);
            }
        } finally {
            mutex.unlock();
        }
    }

    /** Keeps so many free blocks for {@link Stream#GC}. */
    void keepForGc(int blocks) {
        mutex.lock();
        try {
            gcBlocks = blocks;
        } finally {
            mutex.unlock();
        }
    }

    /** The journal was found to have blocks; it may have one more in any case, or it could not leave them. */
    void foundJournal(int blocks) {
        mutex.lock();
        try {
            heldByJournal = blocks;
            mostForJournal = Math.max(journalBlocks, blocks + 1);
        } finally {
            mutex.unlock();
        }
    }

    /** Keeps some blocks from the journal from now on; those it has stay its own. */
    void keepFromJournal(IntPredicate blocks) {
        mutex.lock();
        try {
            leaving = blocks;
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Takes a block for the journal: of the LUN with the most, so that vblocks over all LUNs miss it least.
     *
     * @param besideBlock of LUNs with equally many, one that is not this block's goes first; negative for any
     * @return -1 when there is none, or the journal has as many as it may
     */
    int takeForJournal(int besideBlock) {
        mutex.lock();
        try {
            Lun best = null;
            FreeBlock chosen = null;
            for (Lun lun : heldByJournal < mostForJournal ? luns : List.<Lun>of()) {
                FreeBlock next = lun.free.stream()
                        .filter(each -> !leaving.test(each.block()))
                        .min(ORDER)
                        .orElse(null);
                if (next != null && (best == null || isBetter(lun, best, besideBlock))) {
                    best = lun;
                    chosen = next;
                }
            }
            if (chosen == null) {
                return -1;
            }
            best.free.remove(chosen);
            heldByJournal++;
            return chosen.block();
        } finally {
            mutex.unlock();
        }
    }

    /** The journal gives a block back that is free. */
    void addFromJournal(int block, boolean erased) {
        mutex.lock();
        try {
            heldByJournal--;
            add(block, erased);
        } finally {
            mutex.unlock();
        }
    }

    /** A block of the journal is nobody's any more. */
    void lostByJournal() {
        mutex.lock();
        try {
            heldByJournal--;
        } finally {
            mutex.unlock();
        }
    }

    /** Takes a block out if it is free; false when it is not. */
    boolean remove(int block) {
        mutex.lock();
        try {
            return lunOf(block).free.removeIf(each -> each.block() == block);
        } finally {
            mutex.unlock();
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
            add(block, false);
        } finally {
            mutex.unlock();
        }
    }

    /** A block was erased just now and is free. */
    void addErased(int block) {
        mutex.lock();
        try {
            add(block, true);
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
     * @throws IllegalStateException when the placement chose what can't be taken; nothing was taken
     */
    List<Integer> take(Stream stream, int width) {
        mutex.lock();
        try {
            if (luns.stream().filter(lun -> !lun.free.isEmpty()).count() < width
                    || free() - width < kept() + (stream == Stream.GC ? 0 : gcBlocks)) {
                return List.of();
            }
            return takeFrom(choose(stream, width));
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Takes one block in place of another: of the same LUN, or where that has none, of the one with the most; it counts as
     * open and the other does not any more.
     *
     * @return -1 when no block is free but those that the journal may need; the other is not open any more all the same
     */
    int takeReplacement(int block) {
        mutex.lock();
        try {
            lunOf(block).open--;
            return takeNear(block);
        } finally {
            mutex.unlock();
        }
    }

    /**
     * Takes one block for a copy of another, which is closed: of the same LUN, or where that has none, of the one with the
     * most; it counts as open.
     *
     * @return -1 when no block is free but those that the journal may need
     */
    int takeForCopy(int block) {
        mutex.lock();
        try {
            return takeNear(block);
        } finally {
            mutex.unlock();
        }
    }

    private int takeNear(int block) {
        if (free() <= kept()) {
            return -1;
        }
        Lun lun = lunOf(block);
        if (lun.free.isEmpty()) {
            for (Lun other : luns) {
                lun = other.free.size() > lun.free.size() ? other : lun;
            }
        }
        FreeBlock next = lun.free.remove();
        lun.open++;
        return next.block();
    }

    /** Vblocks of this width that could be taken one after the other, of any stream. */
    int available(int width) {
        mutex.lock();
        try {
            return Math.min(available(width, List.of()), Math.max(0, free() - gcBlocks - kept()) / width);
        } finally {
            mutex.unlock();
        }
    }

    /** Free blocks. */
    int freeBlocks() {
        mutex.lock();
        try {
            return free();
        } finally {
            mutex.unlock();
        }
    }

    /** Free blocks that only the journal may take. */
    int keptForJournal() {
        mutex.lock();
        try {
            return kept();
        } finally {
            mutex.unlock();
        }
    }

    /** Free blocks that only {@link Stream#GC} may take. */
    int gcBlocks() {
        mutex.lock();
        try {
            return gcBlocks;
        } finally {
            mutex.unlock();
        }
    }

    private static boolean isBetter(Lun lun, Lun best, int besideBlock) {
        if (lun.free.size() != best.free.size()) {
            return lun.free.size() > best.free.size();
        }
        return best.isOf(besideBlock) && !lun.isOf(besideBlock);
    }

    private int kept() {
        return Math.max(0, journalBlocks - heldByJournal);
    }

    private int free() {
        return luns.stream().mapToInt(lun -> lun.free.size()).sum();
    }

    private void add(int block, boolean erased) {
        erases[block] += erased ? 1 : 0;
        lunOf(block).free.add(new FreeBlock(block, erases[block], clock++));
    }

    private void add(Lun lun) {
        placeOfLun[lun.lun] = luns.size();
        luns.add(lun);
    }

    private List<Lun> choose(Stream stream, int width) {
        int[] places = new int[width];
        placement.choose(stream, width, view, places);
        List<Lun> chosen = checked(places);
        if (available(width, chosen) < available(width, List.of()) - 1) {
            // Stable, so the first come first among equals.
            chosen = luns.stream()
                    .sorted(Comparator.comparingInt((Lun lun) -> -lun.free.size()))
                    .limit(width)
                    .collect(Collectors.toCollection(ArrayList::new));
        }
        // Neighbours in the stripe on different channels.
        chosen.sort(Comparator.comparingInt((Lun lun) -> lun.lun % geometry.lunsPerChannel())
                .thenComparingInt(lun -> lun.lun));
        return chosen;
    }

    /** The LUNs of a placement's choice, which somebody else may have written. */
    private List<Lun> checked(int[] places) {
        List<Lun> chosen = new ArrayList<>();
        for (int place : places) {
            if (place < 0
                    || place >= luns.size()
                    || luns.get(place).free.isEmpty()
                    || chosen.contains(luns.get(place))) {
                throw new IllegalStateException(placement.getClass().getName() + " chose " + Arrays.toString(places)
                        + " of " + luns.size() + " LUNs: not so many different ones with a free block");
            }
            chosen.add(luns.get(place));
        }
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

    /**
     * The most vblocks n for which the LUNs together have n x width blocks, no LUN giving more than n. What is kept for the
     * journal comes from where the most is.
     */
    private int available(int width, List<Lun> oneLess) {
        int[] free = new int[luns.size()];
        for (int i = 0; i < free.length; i++) {
            Lun lun = luns.get(i);
            free[i] = lun.free.size() - (oneLess.contains(lun) ? 1 : 0);
        }
        for (int i = kept(); i > 0; i--) {
            takeOneOfMost(free);
        }
        int low = 0;
        int high = Arrays.stream(free).sum() / width;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            long blocks = 0;
            for (int ofLun : free) {
                blocks += Math.min(middle, ofLun);
            }
            if (blocks >= (long) middle * width) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static void takeOneOfMost(int[] free) {
        int most = 0;
        for (int i = 1; i < free.length; i++) {
            most = free[i] > free[most] ? i : most;
        }
        if (free.length > 0 && free[most] > 0) {
            free[most]--;
        }
    }

    private Lun lunOf(int block) {
        return luns.get(placeOfLun[block / geometry.blocksPerLun()]);
    }
}
