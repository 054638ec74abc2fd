package io.ocssd.geometry.emulator;

import io.ocssd.scheduler.Signal;

/**
 * The chunk notifications of a drive since it was opened: the last ones of them, oldest first.
 *
 * <p>Reading takes nothing away; the count of an entry tells whether it is new. Thread-safe.
 */
final class NotificationLog {
    /** The log keeps this many entries; older ones make room. */
    static final int CAPACITY = 1024;

    private final int[] blocks = new int[CAPACITY];
    private final Signal signal;
    /** Entries ever made; entry number n, counted from 1, is at (n - 1) mod CAPACITY. */
    private long made;

    /** @param signal is raised for each entry */
    NotificationLog(Signal signal) {
        this.signal = signal;
    }

    /** The wear index of a block has left the range that the drive tolerates. */
    void wearOutside(int block) {
        synchronized (this) {
            blocks[(int) (made % CAPACITY)] = block;
            made++;
        }
        signal.raise();
    }

    /** Number of the oldest entry that is kept, counted from 1; one more than {@link #newest} when there is none. */
    synchronized long oldest() {
        return Math.max(0, made - CAPACITY) + 1;
    }

    /** Number of the newest entry; 0 when there is none. */
    synchronized long newest() {
        return made;
    }

    /** Linear number of the block that an entry is about; -1 when the entry is not kept any more. */
    synchronized int block(long number) {
        return number > made - CAPACITY ? blocks[(int) ((number - 1) % CAPACITY)] : -1;
    }
}
