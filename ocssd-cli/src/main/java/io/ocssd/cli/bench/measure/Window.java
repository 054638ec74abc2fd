package io.ocssd.cli.bench.measure;

import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The time in which is measured: from a moment that is known before to one that may come early.
 *
 * <p>A request is measured when it arrives inside; a rate counts what completes inside. Thread-safe.
 */
public final class Window {
    private final Scheduler scheduler;
    private final Signal ended;
    private final long beginNanos;
    private final AtomicLong endNanos;

    /**
     * A window on the scheduler's clock.
     *
     * @param endNanos when it ends at the latest; {@link Long#MAX_VALUE} when only {@link #end} ends it
     */
    public Window(Scheduler scheduler, long beginNanos, long endNanos) {
        if (endNanos < beginNanos) {
            throw new IllegalArgumentException("beginNanos=" + beginNanos + ", endNanos=" + endNanos);
        }
        this.scheduler = scheduler;
        this.ended = scheduler.newSignal();
        this.beginNanos = beginNanos;
        this.endNanos = new AtomicLong(endNanos);
    }

    /** When it begins. */
    public long beginNanos() {
        return beginNanos;
    }

    /** When it ends, as far as is known now. */
    public long endNanos() {
        return endNanos.get();
    }

    /** How long it is, as far as is known now. */
    public long nanos() {
        return Math.max(0, endNanos() - beginNanos);
    }

    /** Ends it at this moment, unless it ends before. */
    public void end(long nowNanos) {
        endNanos.accumulateAndGet(nowNanos, Math::min);
        ended.raise();
    }

    /** Whether it is over at this moment. */
    public boolean isOver(long nowNanos) {
        return nowNanos >= endNanos();
    }

    /** Whether a request that arrives at this moment is measured. */
    public boolean isInside(long nanos) {
        return nanos >= beginNanos && nanos < endNanos();
    }

    /** Whether what completes at this moment counts for a rate: its work was done just before, so the very end belongs to it. */
    public boolean counts(long nanos) {
        return nanos > beginNanos && nanos <= endNanos();
    }

    /** Waits until it begins, or is ended before that. */
    public void awaitBegin() {
        await(beginNanos);
    }

    /** Waits until it has ended. */
    public void awaitEnd() {
        await(Long.MAX_VALUE);
    }

    private void await(long nanos) {
        while (true) {
            long seen = ended.version();
            long until = Math.min(nanos, endNanos());
            if (scheduler.nanoTime() >= until) {
                return;
            }
            ended.await(seen, until);
        }
    }
}
