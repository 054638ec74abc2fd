package io.ocssd.geometry.decorator.delay;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static io.ocssd.geometry.decorator.TestDrive.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Timings;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Completions that come later. */
final class DelayTest {
    private static final String TIMED = TestDrive.SHAPE + "&readNanos=100&programNanos=1000&eraseNanos=10000";

    private interface Body {
        void run(TestDrive drive, Scheduler scheduler) throws Exception;
    }

    private static void inVirtualTime(Delay delay, Body body) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                try (TestDrive drive =
                        new TestDrive(new DelayedDevice(TestDrive.memory(TIMED, scheduler), delay, scheduler))) {
                    body.run(drive, scheduler);
                }
                return null;
            });
        }
    }

    private interface Step {
        Object run() throws Exception;
    }

    private static long nanos(Scheduler scheduler, Step step) throws Exception {
        long begin = scheduler.nanoTime();
        step.run();
        return scheduler.nanoTime() - begin;
    }

    @Test
    void everyOperationHasADelayOfItsOwn() throws Exception {
        long[] bare = new long[3];
        Body measure = (drive, scheduler) -> {
            bare[0] = nanos(scheduler, () -> drive.write(run(drive.ppa(0, 0, 0), 24)));
            bare[1] = nanos(scheduler, () -> drive.read(drive.ppa(0, 0, 3)));
            bare[2] = nanos(scheduler, () -> drive.erase(drive.ppa(0, 0, 0)));
        };
        inVirtualTime(Delay.fixed(0), measure);
        long[] without = bare.clone();
        Delay delay = new Delay(7, 500, 90_000, List.of(), Delay.Distribution.FIXED, 0).withLun(2, 1_000_000);
        inVirtualTime(delay, measure);
        assertThat(bare[0] - without[0]).isEqualTo(500);
        assertThat(bare[1] - without[1]).isEqualTo(7);
        assertThat(bare[2] - without[2]).isEqualTo(90_000);
        inVirtualTime(delay, (drive, scheduler) -> {
            assertThat(nanos(scheduler, () -> drive.write(run(drive.ppa(2, 0, 0), 24))))
                    .isEqualTo(without[0] + 1_000_500);
            assertThat(nanos(scheduler, () -> drive.read(drive.ppa(1, 0, 0), drive.ppa(2, 0, 3))))
                    .as("the slowest LUN counts")
                    .isBetween(1_000_007L, 1_000_007 + 5_000L);
            assertThat(drive.device.timings())
                    .isEqualTo(new Timings(107, 1500, 100_000, 1_000_107, 1_001_500, 1_100_000));
        });
    }

    @Test
    void effectsDoNotWait() throws Exception {
        inVirtualTime(Delay.fixed(1_000_000), (drive, scheduler) -> {
            long block = drive.ppa(0, 0, 0);
            drive.queue.submit(drive.writing(run(block, 4)));
            drive.queue.await(1, scheduler.nanoTime() + 50_000);
            assertThat(drive.queue.poll(drive.completion)).isFalse();
            assertThat(drive.queue.inFlight()).isOne();
            assertThat(drive.writePointer(block)).isEqualTo(4);
            assertThat(drive.queue.await(1, Long.MAX_VALUE)).isOne();
        });
    }

    @Test
    void completionsOfALunKeepTheirOrderAndOthersOvertake() throws Exception {
        for (int seed = 0; seed < 50; seed++) {
            Delay delay = Delay.fixed(100_000).drawn(Delay.Distribution.EXPONENTIAL, seed);
            int drawn = seed;
            inVirtualTime(delay, (drive, scheduler) -> {
                IoCommand command = new IoCommand();
                for (int i = 0; i < 8; i++) {
                    drive.queue.submit(
                            command.erase().add(drive.ppa(i % 2, 0, 0)).tag(i));
                }
                List<Long> tags = new ArrayList<>();
                long last = 0;
                while (drive.queue.inFlight() > 0) {
                    drive.queue.await(1, Long.MAX_VALUE);
                    assertThat(scheduler.nanoTime()).isGreaterThanOrEqualTo(last);
                    last = scheduler.nanoTime();
                    while (drive.queue.poll(drive.completion)) {
                        tags.add(drive.completion.tag());
                    }
                }
                for (int lun = 0; lun < 2; lun++) {
                    int of = lun;
                    assertThat(tags.stream().filter(tag -> tag % 2 == of))
                            .as("seed=" + drawn)
                            .isSorted();
                }
                assertThat(tags).hasSize(8);
            });
        }
    }

    @Test
    void whatIsDrawnDependsOnTheSeedAlone() throws Exception {
        for (Delay.Distribution how : Delay.Distribution.values()) {
            List<List<Long>> runs = new ArrayList<>();
            for (long seed : new long[] {1, 1, 2}) {
                List<Long> latencies = new ArrayList<>();
                inVirtualTime(Delay.fixed(10_000).drawn(how, seed), (drive, scheduler) -> {
                    for (int i = 0; i < 2000; i++) {
                        latencies.add(nanos(scheduler, () -> drive.erase(drive.ppa(0, 0, 0))));
                    }
                });
                runs.add(latencies);
            }
            assertThat(runs.get(0)).isEqualTo(runs.get(1));
            if (how == Delay.Distribution.FIXED) {
                assertThat(runs.get(2))
                        .isEqualTo(runs.get(0))
                        .containsOnly(runs.get(0).get(0));
                continue;
            }
            assertThat(runs.get(2)).isNotEqualTo(runs.get(0));
            long least = runs.get(0).stream().min(Long::compare).orElseThrow();
            double mean = runs.get(0).stream()
                    .mapToLong(nanos -> nanos - least)
                    .average()
                    .orElseThrow();
            assertThat(mean).as("mean of " + how).isBetween(9_000.0, 11_000.0);
        }
    }

    @Test
    void aDriveIsDelayedByUriInBothTimes() throws Exception {
        inBothTimes(scheduler -> {
            String uri = "delay+mem:?delay=1000&delay.eraseNanos=7&delay.lun=1:2000+3:5&delay.distribution=uniform"
                    + "&delay.seed=9&" + TestDrive.SHAPE;
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler);
                    TestDrive drive = new TestDrive(device)) {
                assertThat(device.info().uri()).startsWith("delay+mem:?").contains("delay.lun=1:2000+3:5");
                assertThat(drive.write(drive.ppa(1, 0, 0), 4)).isEqualTo(Answer.SUCCESS);
                long begin = scheduler.nanoTime();
                try (IoQueue queue = device.openQueue(2)) {
                    queue.submit(drive.writing(run(drive.ppa(1, 0, 4), 4)));
                    queue.submit(drive.writing(run(drive.ppa(1, 0, 8), 4)));
                    assertThat(queue.submit(drive.writing(run(drive.ppa(1, 0, 12), 4))))
                            .isFalse();
                    // Closing waits.
                }
                assertThat(scheduler.nanoTime()).isGreaterThan(begin);
                assertThat(drive.writePointer(drive.ppa(1, 0, 0))).isEqualTo(12);
            }
        });
    }

    @Test
    void wrongParametersAreNamed() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            assertWrong(scheduler, "delay.lun=4:1", "delay.lun=4:1 is not possible; possible: LUN:NANOSECONDS");
            assertWrong(scheduler, "delay.lun=1", "delay.lun=1 is not possible");
            assertWrong(scheduler, "delay.lun=1:2+1:3", "delay.lun=1:2+1:3 is not possible");
            assertWrong(
                    scheduler,
                    "delay=-1",
                    "delay=-1 is not possible; possible: a whole number from 0 to 1000000000000");
            assertWrong(scheduler, "delay.distribution=normal", "possible: fixed, uniform, exponential");
            assertWrong(
                    scheduler,
                    "delay.nanos=1",
                    "delay+ has no parameter \"delay.nanos\"; possible: delay, delay.distribution");
            FlashDevice inner = TestDrive.memory(TestDrive.SHAPE, scheduler);
            assertThatThrownBy(() -> new DelayedDevice(inner, Delay.fixed(0).withLun(4, 1), scheduler))
                    .hasMessage("lun=4 is not on this device; possible: 0..3");
            assertThatThrownBy(() -> Delay.fixed(-1)).hasMessageContaining("readNanos=-1");
        }
    }

    private static void assertWrong(Scheduler scheduler, String parameter, String message) {
        assertThatThrownBy(() -> Ocssd.openDevice("delay+mem:?" + TestDrive.SHAPE + "&" + parameter, scheduler))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aClosedQueueSaysSo() throws Exception {
        inVirtualTime(Delay.fixed(1), (drive, scheduler) -> {
            drive.queue.close();
            assertThatThrownBy(() -> drive.queue.poll(new Completion())).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> drive.queue.await(0, 0)).isInstanceOf(IllegalStateException.class);
        });
    }
}
