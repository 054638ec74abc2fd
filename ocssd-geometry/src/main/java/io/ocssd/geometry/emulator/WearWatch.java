package io.ocssd.geometry.emulator;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Watches how evenly the blocks wear: notifies of a block whose wear index, by an erase, has come to be further from the
 * average of all blocks than the drive's threshold. Thread-safe.
 */
final class WearWatch {
    private final MediaTraits media;
    private final int blocks;
    private final NotificationLog log;
    /** Sum of the wear indexes of all blocks. */
    private final AtomicLong sum = new AtomicLong();

    WearWatch(MediaTraits media, BlockStates states, NotificationLog log) {
        this.media = media;
        this.blocks = states.geometry().blocks();
        this.log = log;
        long indexes = 0;
        for (int block = 0; block < blocks; block++) {
            indexes += media.wearIndex(states.erases(block));
        }
        sum.set(indexes);
    }

    /** A block was erased, {@code erases} times with this one. */
    void erased(int block, int erases) {
        int index = media.wearIndex(erases);
        int grown = index - media.wearIndex(erases - 1);
        if (grown == 0) {
            return;
        }
        long indexes = sum.addAndGet(grown);
        if (Math.abs((long) index * blocks - indexes) > (long) media.wearThreshold() * blocks) {
            log.wearOutside(block);
        }
    }
}
