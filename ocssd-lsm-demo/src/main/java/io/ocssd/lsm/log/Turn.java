package io.ocssd.lsm.log;

import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;

/**
 * The right to do something, held by one task at a time, across waits too; which a {@link Mutex} may not be.
 *
 * <p>Not reentrant, not fair. Thread-safe.
 */
public final class Turn {
    private final Mutex mutex;
    private final Signal ended;
    private boolean held;

    /** A turn that nobody has. */
    public Turn(Scheduler scheduler) {
        this.mutex = scheduler.newMutex();
        this.ended = scheduler.newSignal();
    }

    /** Waits for the turn. */
    public void take() {
        long seen = ended.version();
        while (!tryTake()) {
            ended.await(seen);
            seen = ended.version();
        }
    }

    /** Takes the turn if nobody has it. */
    public boolean tryTake() {
        mutex.lock();
        try {
            boolean free = !held;
            held = true;
            return free;
        } finally {
            mutex.unlock();
        }
    }

    /** How often a turn ended, for {@link #awaitEnd}. */
    public long version() {
        return ended.version();
    }

    /** Waits until a turn ends after {@code seenVersion}. */
    public void awaitEnd(long seenVersion) {
        ended.await(seenVersion);
    }

    /** Ends the turn. */
    public void end() {
        mutex.lock();
        held = false;
        mutex.unlock();
        ended.raise();
    }
}
