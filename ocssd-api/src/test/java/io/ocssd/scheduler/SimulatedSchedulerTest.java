package io.ocssd.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SimulatedSchedulerTest extends SchedulerContract {
    @Override
    Scheduler newScheduler() {
        return Scheduler.simulated(7);
    }

    @Test
    void equalSeedsGiveEqualRunsAndOtherSeedsOtherOnes() throws Exception {
        TreeSet<String> traces = new TreeSet<>();
        for (long seed = 0; seed < 8; seed++) {
            String first = trace(seed);
            assertThat(trace(seed)).as("seed=" + seed).isEqualTo(first);
            traces.add(first);
        }
        assertThat(traces).hasSizeGreaterThan(1);
    }

    /** Four tasks that sleep the same times, so that nothing but the seed decides who comes first. */
    private static String trace(long seed) throws Exception {
        StringBuilder trace = new StringBuilder();
        try (Scheduler scheduler = Scheduler.simulated(seed)) {
            scheduler.run("main", () -> {
                List<Task> tasks = new ArrayList<>();
                for (int t = 0; t < 4; t++) {
                    int id = t;
                    tasks.add(scheduler.spawn("task" + t, () -> {
                        for (int step = 1; step <= 5; step++) {
                            scheduler.sleepUntil(step * 1000L);
                            trace.append(id)
                                    .append('@')
                                    .append(scheduler.nanoTime())
                                    .append(' ');
                        }
                    }));
                }
                for (Task task : tasks) {
                    task.join();
                }
                return null;
            });
        }
        return trace.toString();
    }

    @Test
    void whoIsDueFirstRunsFirst() throws Exception {
        List<String> order = new ArrayList<>();
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("main", () -> {
                Task late = scheduler.spawn("late", () -> {
                    scheduler.sleepUntil(300);
                    order.add("late");
                });
                Task early = scheduler.spawn("early", () -> {
                    scheduler.sleepUntil(100);
                    order.add("early");
                });
                scheduler.sleepUntil(200);
                order.add("main");
                late.join();
                early.join();
                assertThat(scheduler.nanoTime()).isEqualTo(300);
                return null;
            });
        }
        assertThat(order).containsExactly("early", "main", "late");
    }

    @Test
    void chargesAreVirtualTimeAndReachThoseWhoWait() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("main", () -> {
                Signal signal = scheduler.newSignal();
                Task worker = scheduler.spawn("worker", () -> {
                    scheduler.charge(HostCost.COMMAND, 10);
                    signal.raise();
                });
                signal.await(0);
                assertThat(scheduler.nanoTime()).isEqualTo(10 * HostCost.COMMAND.nanos());
                worker.join();
                scheduler.charge(HostCost.INSERT, 2);
                assertThat(scheduler.nanoTime()).isEqualTo(10 * HostCost.COMMAND.nanos() + 2 * HostCost.INSERT.nanos());
                return null;
            });
        }
    }

    @Test
    void aWaiterIsNotWokenBeforeItsOwnTime() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("main", () -> {
                Signal signal = scheduler.newSignal();
                Task raiser = scheduler.spawn("raiser", () -> {
                    scheduler.sleepUntil(100);
                    signal.raise();
                });
                scheduler.charge(HostCost.COMMAND, 1000);
                signal.await(0);
                assertThat(scheduler.nanoTime()).isEqualTo(1000 * HostCost.COMMAND.nanos());
                raiser.join();
                return null;
            });
        }
    }

    @Test
    void whenEveryTaskWaitsTheRunEndsWithTheirNames() {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            assertThatThrownBy(() -> scheduler.run("main", () -> {
                        Signal never = scheduler.newSignal();
                        scheduler.spawn("stuck", () -> never.await(0));
                        never.await(0);
                        return null;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("deadlock")
                    .hasMessageContaining("[main, stuck]");
        }
    }

    @Test
    void waitingUnderAMutexIsRefused() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("main", () -> {
                Mutex mutex = scheduler.newMutex();
                mutex.lock();
                assertThatThrownBy(() -> scheduler.sleepUntil(1000))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("mutex");
                mutex.unlock();
                return null;
            });
        }
    }

    @Test
    void timeStandsStillBetweenRunsAndForeignThreadsAreRefused() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            long end = scheduler.run("first", () -> {
                scheduler.sleepUntil(5000);
                scheduler.charge(HostCost.COMMAND, 1);
                return scheduler.nanoTime();
            });
            assertThatThrownBy(scheduler::nanoTime).isInstanceOf(IllegalStateException.class);
            assertThat(scheduler.run("second", scheduler::nanoTime)).isEqualTo(end);
        }
    }

    @Test
    void closeEndsTasksThatStillWait() throws Exception {
        Scheduler scheduler = Scheduler.simulated(1);
        List<String> ended = Collections.synchronizedList(new ArrayList<>());
        Task left = scheduler.run("main", () -> {
            Signal never = scheduler.newSignal();
            Task task = scheduler.spawn("left", () -> {
                try {
                    never.await(0);
                } catch (IllegalStateException e) {
                    ended.add(e.getMessage());
                    throw e;
                }
            });
            scheduler.sleepUntil(1000);
            return task;
        });
        scheduler.close();
        long giveUp = System.nanoTime() + 30_000_000_000L;
        while (ended.isEmpty() && System.nanoTime() < giveUp) {
            Thread.onSpinWait();
        }
        assertThat(ended).singleElement().asString().contains("closed").contains("left");
        assertThat(left.isDone()).isFalse();
    }
}
