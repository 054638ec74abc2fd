package io.ocssd.geometry.emulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;

/**
 * A lock for each LUN, far enough apart in memory that threads on different LUNs do not take each other's cache lines.
 *
 * <p>Taking a free lock is one compare-and-set, giving it back one store: half of what a general lock costs, and a third of
 * what a command costs that moves no bytes. Who finds a lock taken spins, then sleeps for growing times and looks
 * again; the holder wakes nobody up, so it needs no second atomic operation. Holders keep a lock for a command's copy, never
 * across a wait. Not reentrant, not fair. Thread-safe.
 */
final class LunLocks {
    private static final VarHandle TAKEN = MethodHandles.arrayElementVarHandle(int[].class);
    /** Ints from one lock to the next: two cache lines, since processors fetch them in pairs. */
    private static final int STRIDE = 32;

    private static final int SPINS = 200;
    private static final long FIRST_SLEEP_NANOS = 10_000;
    private static final long LONGEST_SLEEP_NANOS = 500_000;

    private final int luns;
    /** 1 where a lock is taken; what is before the first and behind the last keeps other objects away. */
    private final int[] taken;

    LunLocks(int luns) {
        this.luns = luns;
        this.taken = new int[(luns + 2) * STRIDE];
    }

    void lock(int lun) {
        int at = (lun + 1) * STRIDE;
        if (!TAKEN.compareAndSet(taken, at, 0, 1)) {
            lockContended(at);
        }
    }

    void unlock(int lun) {
        // Pairs with the compare-and-set of whoever comes next.
        TAKEN.setRelease(taken, (lun + 1) * STRIDE, 0);
    }

    /** Takes all locks in the order in which commands take theirs. */
    void lockAll() {
        for (int lun = 0; lun < luns; lun++) {
            lock(lun);
        }
    }

    void unlockAll() {
        for (int lun = 0; lun < luns; lun++) {
            unlock(lun);
        }
    }

    private void lockContended(int at) {
        boolean interrupted = false;
        long sleepNanos = FIRST_SLEEP_NANOS;
        for (int tries = 0; (int) TAKEN.getOpaque(taken, at) != 0 || !TAKEN.compareAndSet(taken, at, 0, 1); tries++) {
            if (tries < SPINS) {
                Thread.onSpinWait();
            } else {
                LockSupport.parkNanos(this, sleepNanos);
                // Else the next sleep would end at once.
                interrupted |= Thread.interrupted();
                sleepNanos = Math.min(2 * sleepNanos, LONGEST_SLEEP_NANOS);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
