package io.ocssd.ftl.media;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Counts the blocks that are open for writing against a limit: the device's, of which one block is always kept back for the
 * label, which opens one at a time; or a target's part of it, which counts against both. Lock-free, thread-safe.
 */
public final class OpenBlocks {
    /** What this is a part of; null for the device's. */
    private final OpenBlocks whole;

    private final AtomicInteger open = new AtomicInteger();
    private volatile int most;

    OpenBlocks(int maxOpen) {
        this.whole = null;
        this.most = maxOpen == 0 ? Integer.MAX_VALUE : maxOpen - 1;
    }

    private OpenBlocks(OpenBlocks whole, int most, int open) {
        this.whole = whole;
        this.open.set(open);
        limit(most);
    }

    /**
     * A part of this limit.
     *
     * @param mostOfPart blocks that it may have open at the same time; 0 for as many as the whole
     * @param openNow blocks of it that the whole counts already
     */
    public OpenBlocks part(int mostOfPart, int openNow) {
        return new OpenBlocks(this, mostOfPart, openNow);
    }

    /**
     * Sets another limit of a part; blocks above it stay open.
     *
     * @param newMost as for {@link #part}
     */
    public void limit(int newMost) {
        most = newMost == 0 ? Integer.MAX_VALUE : newMost;
    }

    /**
     * Counts blocks that are about to be opened.
     *
     * @return false when the limit does not allow it; nothing was counted then
     */
    public boolean tryOpen(int blocks) {
        int now = open.get();
        while (now <= most - blocks) {
            // The part first: one that is full must not even for a moment take a place that is another's.
            if (open.compareAndSet(now, now + blocks)) {
                if (whole == null || whole.tryOpen(blocks)) {
                    return true;
                }
                open.addAndGet(-blocks);
                return false;
            }
            now = open.get();
        }
        return false;
    }

    /** Blocks that were found open, above the limit too. */
    public void found(int blocks) {
        open.addAndGet(blocks);
        if (whole != null) {
            whole.found(blocks);
        }
    }

    /** Blocks that are closed or erased now. */
    public void closed(int blocks) {
        open.addAndGet(-blocks);
        if (whole != null) {
            whole.closed(blocks);
        }
    }

    /** Blocks that may be open at the same time, the label's not counted. */
    public int most() {
        return whole == null ? most : Math.min(most, whole.most());
    }

    /** Blocks open now. */
    public int open() {
        return open.get();
    }

    /** Blocks that the device has open, of every part. */
    public int openOfAll() {
        return whole == null ? open() : whole.openOfAll();
    }
}
