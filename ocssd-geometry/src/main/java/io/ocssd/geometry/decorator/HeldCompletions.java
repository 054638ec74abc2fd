package io.ocssd.geometry.decorator;

import io.ocssd.device.Completion;

/**
 * Completions that wait for their time, in its order; those of the same time in the order in which they came.
 *
 * <p>A ring sorted by time; what comes nearly always belongs at its end. Allocates nothing after it was made. Not
 * thread-safe.
 */
public final class HeldCompletions {
    private final Completion[] completions;
    private final long[] dueNanos;
    private final int mask;
    private int head;
    private int size;

    /**
     * Makes room.
     *
     * @param capacity most completions that are held at a time
     */
    public HeldCompletions(int capacity) {
        int slots = Integer.highestOneBit(2 * capacity - 1);
        this.completions = new Completion[slots];
        for (int i = 0; i < slots; i++) {
            completions[i] = new Completion();
        }
        this.dueNanos = new long[slots];
        this.mask = slots - 1;
    }

    /** How many are held. */
    public int size() {
        return size;
    }

    /** Holds a copy of a completion until a time. */
    public void add(long due, Completion completion) {
        add(due, completion.tag(), completion.status(), completion.failedAddresses(), completion.address());
    }

    /** Holds a completion until a time. */
    public void add(long due, long tag, int status, long failedAddresses, long address) {
        int at = size++;
        Completion spare = completions[(head + at) & mask];
        while (at > 0 && dueNanos[(head + at - 1) & mask] > due) {
            completions[(head + at) & mask] = completions[(head + at - 1) & mask];
            dueNanos[(head + at) & mask] = dueNanos[(head + at - 1) & mask];
            at--;
        }
        spare.set(tag, status, failedAddresses, address);
        completions[(head + at) & mask] = spare;
        dueNanos[(head + at) & mask] = due;
    }

    /** How many are due. */
    public int countDue(long now) {
        int count = 0;
        while (count < size && dueNanos[(head + count) & mask] <= now) {
            count++;
        }
        return count;
    }

    /** When number {@code index} is due, counted from 0 in the order of time. */
    public long dueNanos(int index) {
        return dueNanos[(head + index) & mask];
    }

    /**
     * Takes the first if it is due.
     *
     * @return false when none is
     */
    public boolean take(long now, Completion into) {
        if (size == 0 || dueNanos[head] > now) {
            return false;
        }
        Completion first = completions[head];
        into.set(first.tag(), first.status(), first.failedAddresses(), first.address());
        head = (head + 1) & mask;
        size--;
        return true;
    }
}
