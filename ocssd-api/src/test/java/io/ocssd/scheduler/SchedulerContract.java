package io.ocssd.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every scheduler promises. */
@Timeout(60)
abstract class SchedulerContract {
    private Scheduler scheduler;

    abstract Scheduler newScheduler();

    @BeforeEach
    void open() {
        scheduler = newScheduler();
    }

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void runReturnsWhatTheBodyReturns() throws Exception {
        assertThat(scheduler.run("main", () -> 42)).isEqualTo(42);
        assertThat(scheduler.run("main", () -> scheduler.run("inner", () -> "nested")))
                .isEqualTo("nested");
    }

    @Test
    void joinWaitsForTheEndAndThrowsWhatTheBodyThrew() throws Exception {
        scheduler.run("main", () -> {
            AtomicInteger done = new AtomicInteger();
            Task good = scheduler.spawn("good", () -> {
                scheduler.sleepUntil(scheduler.nanoTime() + 1_000_000);
                done.incrementAndGet();
            });
            Task bad = scheduler.spawn("bad", () -> {
                throw new IOException("on purpose");
            });
            good.join();
            assertThat(done).hasValue(1);
            assertThat(good.isDone()).isTrue();
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(bad::join).isInstanceOf(IOException.class).hasMessage("on purpose");
            }
            return null;
        });
    }

    @Test
    void sleepUntilLetsTimePassAndNeverBack() throws Exception {
        scheduler.run("main", () -> {
            long start = scheduler.nanoTime();
            scheduler.sleepUntil(start + 2_000_000);
            long after = scheduler.nanoTime();
            assertThat(after).isGreaterThanOrEqualTo(start + 2_000_000);
            scheduler.sleepUntil(start);
            assertThat(scheduler.nanoTime()).isGreaterThanOrEqualTo(after);
            return null;
        });
    }

    @Test
    void aRaiseBetweenLookAndWaitIsNotMissed() throws Exception {
        scheduler.run("main", () -> {
            Signal signal = scheduler.newSignal();
            long seen = signal.version();
            signal.raise();
            signal.await(seen);
            assertThat(signal.await(seen, scheduler.nanoTime() + 1)).isTrue();
            assertThat(signal.version()).isEqualTo(seen + 1);
            return null;
        });
    }

    @Test
    void awaitWithDeadlineGivesUpInTime() throws Exception {
        scheduler.run("main", () -> {
            Signal signal = scheduler.newSignal();
            long deadline = scheduler.nanoTime() + 1_000_000;
            assertThat(signal.await(0, deadline)).isFalse();
            assertThat(scheduler.nanoTime()).isGreaterThanOrEqualTo(deadline);
            assertThat(signal.await(0, deadline)).isFalse();
            return null;
        });
    }

    @Test
    void tasksHandWorkToEachOtherThroughASignal() throws Exception {
        int items = 500;
        AtomicLong sum = new AtomicLong();
        scheduler.run("main", () -> {
            Mutex mutex = scheduler.newMutex();
            Signal filled = scheduler.newSignal();
            List<Integer> queue = new ArrayList<>();
            List<Task> consumers = new ArrayList<>();
            for (int c = 0; c < 3; c++) {
                consumers.add(scheduler.spawn("consumer" + c, () -> {
                    while (true) {
                        long seen = filled.version();
                        int item = -1;
                        mutex.lock();
                        try {
                            if (!queue.isEmpty()) {
                                item = queue.remove(0);
                            }
                        } finally {
                            mutex.unlock();
                        }
                        if (item < 0) {
                            filled.await(seen);
                        } else if (item == 0) {
                            return;
                        } else {
                            sum.addAndGet(item);
                            scheduler.charge(HostCost.LOOKUP, 1);
                        }
                    }
                }));
            }
            for (int i = 1; i <= items + 3; i++) {
                mutex.lock();
                try {
                    queue.add(i <= items ? i : 0);
                } finally {
                    mutex.unlock();
                }
                filled.raise();
            }
            for (Task consumer : consumers) {
                consumer.join();
            }
            return null;
        });
        assertThat(sum).hasValue(items * (items + 1L) / 2);
    }

    @Test
    void aMutexIsNotReentrantAndOnlyItsHolderGivesItBack() throws Exception {
        scheduler.run("main", () -> {
            Mutex mutex = scheduler.newMutex();
            mutex.lock();
            assertThatThrownBy(mutex::lock).isInstanceOf(IllegalStateException.class);
            mutex.unlock();
            assertThatThrownBy(mutex::unlock).isInstanceOfAny(IllegalStateException.class, RuntimeException.class);
            mutex.lock();
            mutex.unlock();
            return null;
        });
    }

    @Test
    void aClosedSchedulerStartsNothing() {
        Scheduler closed = newScheduler();
        closed.close();
        closed.close();
        assertThatThrownBy(() -> closed.run("main", () -> closed.spawn("late", () -> {})))
                .isInstanceOf(IllegalStateException.class);
    }
}
