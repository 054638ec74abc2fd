package io.ocssd.ftl.media;

import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;

/**
 * Lets one task at a time through a section that waits for the device, for which a mutex will not do. Whoever comes
 * meanwhile waits on a signal. Not reentrant. Thread-safe.
 */
public final class Turn {
    private final Mutex mutex;
    private final Signal left;
    private boolean taken;

    /** A turn that nobody has. */
    public Turn(Scheduler scheduler) {
        this.mutex = scheduler.newMutex();
        this.left = scheduler.newSignal();
    }

    /** Waits for the turn and takes it. */
    public void take() {
        while (true) {
            long seen = left.version();
            mutex.lock();
            try {
                if (!taken) {
                    taken = true;
                    return;
                }
            } finally {
                mutex.unlock();
            }
            left.await(seen);
        }
    }

    /** Gives the turn on. */
    public void leave() {
        mutex.lock();
        try {
            taken = false;
        } finally {
            mutex.unlock();
        }
        left.raise();
    }
}
