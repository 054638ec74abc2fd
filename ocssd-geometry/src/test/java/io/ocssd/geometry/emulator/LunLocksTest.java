package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** One at a time for each LUN, all LUNs side by side, whatever interrupts. */
final class LunLocksTest {
    private static final int TASKS = 4;
    private static final int ROUNDS = 20_000;
    private static final int LUNS = 3;

    private final Scheduler scheduler = Scheduler.real();
    private final LunLocks locks = new LunLocks(LUNS);

    @Test
    void nothingIsCountedTwiceOrLost() throws Exception {
        long[] counts = new long[LUNS];
        List<Task> tasks = new ArrayList<>();
        for (int task = 0; task < TASKS; task++) {
            int own = task;
            tasks.add(scheduler.spawn("counter", () -> count(counts, own)));
        }
        for (Task each : tasks) {
            each.join();
        }
        locks.lockAll();
        assertThat(counts).containsOnly((long) TASKS * ROUNDS);
        locks.unlockAll();
    }

    /** Counts every LUN up by {@link #ROUNDS}: mostly one by one, now and then all at once. */
    private void count(long[] counts, int own) {
        for (int round = 0; round < ROUNDS; round++) {
            if ((round + own) % 100 == 0) {
                locks.lockAll();
                for (int lun = 0; lun < LUNS; lun++) {
                    counts[lun]++;
                }
                locks.unlockAll();
            } else {
                for (int i = 0; i < LUNS; i++) {
                    int lun = (own + i) % LUNS;
                    locks.lock(lun);
                    counts[lun]++;
                    locks.unlock(lun);
                }
            }
        }
    }

    @Test
    void lunsDoNotWaitForEachOther() throws Exception {
        locks.lock(1);
        Task others = scheduler.spawn("others", () -> {
            locks.lock(0);
            locks.lock(2);
            locks.unlock(2);
            locks.unlock(0);
        });
        others.join();
        locks.unlock(1);
    }

    @Test
    void whoIsInterruptedWaitsOnAndIsInterruptedAfterwards() throws Exception {
        AtomicBoolean mayGoOn = new AtomicBoolean();
        locks.lock(0);
        Task interrupted = scheduler.spawn("interrupted", () -> {
            Thread.currentThread().interrupt();
            locks.lock(0);
            assertThat(mayGoOn).isTrue();
            assertThat(Thread.interrupted()).isTrue();
            locks.unlock(0);
        });
        // The other task spins and sleeps until the lock is free; nothing tells how far it has come.
        mayGoOn.set(true);
        locks.unlock(0);
        interrupted.join();
    }
}
