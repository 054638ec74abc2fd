package io.ocssd.ftl.journal;

import io.ocssd.ftl.media.OpenBlocks;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;

/**
 * The journal's places among the open blocks: the one that it has as long as it is open, and a second one for moments when there
 * is one, while it moves from one block to another. Thread-safe.
 */
final class JournalPlaces {
    private final OpenBlocks openBlocks;
    private final Mutex mutex;
    private final Signal left;
    private int extra;

    /** Places that are yet to be taken. */
    JournalPlaces(Scheduler scheduler, OpenBlocks openBlocks) {
        this.openBlocks = openBlocks;
        this.mutex = scheduler.newMutex();
        this.left = scheduler.newSignal();
    }

    /** Takes the first place; false when there is none. */
    boolean tryTake() {
        return openBlocks.tryOpen(1);
    }

    /** Gives the first place up. */
    void leave() {
        openBlocks.closed(1);
    }

    /** Takes a second place; false when there is none. */
    boolean tryExtra() {
        mutex.lock();
        try {
            boolean taken = openBlocks.tryOpen(1);
            extra += taken ? 1 : 0;
            return taken;
        } finally {
            mutex.unlock();
        }
    }

    /** Gives a second place up. */
    void leaveExtra() {
        mutex.lock();
        try {
            openBlocks.closed(1);
            extra--;
        } finally {
            mutex.unlock();
        }
        left.raise();
    }

    /** See {@link Journal#placeVersion}. */
    long version() {
        return left.version();
    }

    /** See {@link Journal#awaitPlace}. */
    boolean await(long seen) {
        mutex.lock();
        try {
            if (extra == 0) {
                return left.version() != seen;
            }
        } finally {
            mutex.unlock();
        }
        left.await(seen);
        return true;
    }
}
