package io.ocssd.ftl.media;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the blocks that are open for writing against the device's limit. One block is always kept back for the label, which
 * opens one at a time. Lock-free, thread-safe.
 */
public final class OpenBlocks {
    private final int most;
    private final AtomicInteger open = new AtomicInteger();

    OpenBlocks(int maxOpen) {
        this.most = maxOpen == 0 ? Integer.MAX_VALUE : maxOpen - 1;
    }

    /**
     * Counts blocks that are about to be opened.
     *
     * @return false when the limit does not allow it; nothing was counted then
     */
    public boolean tryOpen(int blocks) {
        while (true) {
            int now = open.get();
            if (now > most - blocks) {
                return false;
            }
            if (open.compareAndSet(now, now + blocks)) {
                return true;
            }
        }
    }

    /** Blocks that were found open, above the limit too. */
    public void found(int blocks) {
        open.addAndGet(blocks);
    }

    /** Blocks that are closed or erased now. */
    public void closed(int blocks) {
        open.addAndGet(-blocks);
    }

    /** Blocks that may be open at the same time, the label's not counted. */
    public int most() {
        return most;
    }

    /** Blocks open now. */
    public int open() {
        return open.get();
    }
}
