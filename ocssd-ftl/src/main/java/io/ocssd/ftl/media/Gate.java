package io.ocssd.ftl.media;

import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;

/**
 * Lets many tasks through at a time until one shuts it, waits for those inside, and does what none of them may see half done.
 * Not reentrant: whoever is inside neither enters again nor shuts. Thread-safe.
 */
public final class Gate {
    private final Mutex mutex;
    private final Signal changed;
    private int inside;
    private boolean shut;

    /** An open gate. */
    public Gate(Scheduler scheduler) {
        this.mutex = scheduler.newMutex();
        this.changed = scheduler.newSignal();
    }

    /** Goes in; waits while the gate is shut. */
    public void enter() {
        pass(false);
    }

    /** Goes out. */
    public void leave() {
        mutex.lock();
        try {
            inside--;
        } finally {
            mutex.unlock();
        }
        changed.raise();
    }

    /** Shuts the gate, once nobody else has, and waits until everybody is out. */
    public void shut() {
        pass(true);
        while (true) {
            long seen = changed.version();
            mutex.lock();
            try {
                if (inside == 0) {
                    return;
                }
            } finally {
                mutex.unlock();
            }
            changed.await(seen);
        }
    }

    /** Opens the gate that the caller shut. */
    public void open() {
        mutex.lock();
        try {
            shut = false;
        } finally {
            mutex.unlock();
        }
        changed.raise();
    }

    private void pass(boolean shutBehind) {
        while (true) {
            long seen = changed.version();
            mutex.lock();
            try {
                if (!shut) {
                    shut = shutBehind;
                    inside += shutBehind ? 0 : 1;
                    return;
                }
            } finally {
                mutex.unlock();
            }
            changed.await(seen);
        }
    }
}
