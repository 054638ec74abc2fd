package io.ocssd.ftl.journal;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** A drive that holds nothing but a journal, opened as a target is: open blocks filled, what nobody needs erased. */
final class JournalRig implements AutoCloseable {
    static final int TARGET = 7;

    final FlashDevice device;
    final Media media;
    final Journal journal;
    /** States as they were when the drive was opened. */
    final BlockReport before;

    private final Pool pool;

    private JournalRig(FlashDevice device, Media media, Journal journal, BlockReport before, Pool pool) {
        this.device = device;
        this.media = media;
        this.journal = journal;
        this.before = before;
        this.pool = pool;
    }

    static JournalRig open(String uri, Scheduler scheduler) throws IOException {
        return open(uri, scheduler, JournalRules.STANDARD);
    }

    static JournalRig open(String uri, Scheduler scheduler, JournalRules rules) throws IOException {
        FlashDevice device = Ocssd.openDevice(uri, scheduler);
        try {
            return open(device, scheduler, rules);
        } catch (IOException | RuntimeException | Error e) {
            device.close();
            throw e;
        }
    }

    static JournalRig open(FlashDevice device, Scheduler scheduler, JournalRules rules) throws IOException {
        Media media = new Media(device, scheduler);
        BlockReport before = media.report();
        if (media.limits().mwCunits() > 0) {
            fillOpen(media);
        }
        List<Integer> used = new ArrayList<>();
        Pool pool = new Pool(scheduler, media.geometry().blocksPerLun());
        for (int block = 0; block < media.geometry().blocks(); block++) {
            if (before.state(block) == BlockState.FREE) {
                pool.giveBack(block, false);
            } else if (before.state(block) != BlockState.OFFLINE) {
                used.add(block);
            }
        }
        Journal journal = Journal.open(media, media.openBlocks(), TARGET, pool, used, before, rules);
        BlockReleaser releaser = new BlockReleaser(media);
        for (int block : used) {
            boolean mine =
                    journal.blocks().contains(block) && !journal.leftovers().contains(block);
            if (!mine && !journal.isRetired(block)) {
                if (releaser.release(block) == BlockReleaser.Outcome.ERASED) {
                    pool.giveBack(block, true);
                }
            }
        }
        return new JournalRig(device, media, journal, before, pool);
    }

    /** Blocks that the journal could take. */
    int freeBlocks() {
        return pool.size();
    }

    /** Keeps all free blocks from the journal but so many. */
    void leaveFree(int blocks) {
        pool.leave(blocks);
    }

    /** Gives so many of the blocks back that {@link #leaveFree} kept. */
    void addFree(int blocks) {
        pool.add(blocks);
    }

    @Override
    public void close() {
        try {
            journal.close();
        } finally {
            media.close();
        }
    }

    /** A block that refuses its filler but stays open is filled on. */
    private static void fillOpen(Media media) throws IOException {
        for (int i = 0; i < 4; i++) {
            BlockReport report = media.report();
            MediaPath path = media.borrow();
            BlockFiller filler = new BlockFiller(media, path);
            for (int block = 0; block < media.geometry().blocks(); block++) {
                if (report.state(block) == BlockState.OPEN) {
                    filler.add(
                            media.geometry().blockPpa(block),
                            report.writePointer(block),
                            media.geometry().sectorsPerBlock());
                }
            }
            filler.fill();
            media.giveBack(path);
        }
    }

    private static final class Pool implements JournalBlocks {
        private final Mutex mutex;
        private final int blocksPerLun;
        private final ArrayDeque<Integer> free = new ArrayDeque<>();
        private final ArrayDeque<Integer> kept = new ArrayDeque<>();

        Pool(Scheduler scheduler, int blocksPerLun) {
            this.blocksPerLun = blocksPerLun;
            this.mutex = scheduler.newMutex();
        }

        @Override
        public int take(int besideBlock) throws NoSpaceException {
            mutex.lock();
            try {
                if (free.isEmpty()) {
                    throw new NoSpaceException("no block is free", "");
                }
                int block = free.stream()
                        .filter(each -> besideBlock < 0 || each / blocksPerLun != besideBlock / blocksPerLun)
                        .findFirst()
                        .orElse(free.getFirst());
                free.removeFirstOccurrence(block);
                return block;
            } finally {
                mutex.unlock();
            }
        }

        @Override
        public void giveBack(int block, boolean erased) {
            mutex.lock();
            try {
                free.add(block);
            } finally {
                mutex.unlock();
            }
        }

        @Override
        public void lost(int block) {
            // What is not in the queue is not free.
        }

        int size() {
            mutex.lock();
            try {
                return free.size();
            } finally {
                mutex.unlock();
            }
        }

        void add(int blocks) {
            mutex.lock();
            try {
                for (int i = 0; i < blocks; i++) {
                    free.add(kept.remove());
                }
            } finally {
                mutex.unlock();
            }
        }

        void leave(int blocks) {
            mutex.lock();
            try {
                while (free.size() > blocks) {
                    kept.add(free.removeLast());
                }
            } finally {
                mutex.unlock();
            }
        }
    }
}
