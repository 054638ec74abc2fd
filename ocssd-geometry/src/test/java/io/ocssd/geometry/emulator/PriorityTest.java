package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Priority;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who goes first on a timed drive, to the nanosecond, and what is never reordered. */
final class PriorityTest {
    private static final long READ = 1_000_000;
    private static final long PROGRAM = 10_000_000;
    private static final long ERASE = 100_000_000;
    private static final long COMMAND = HostCost.COMMAND.nanos();
    private static final String DRIVE = "mem:?profile=tiny&mwCunits=0&factoryBad=0&payload=off&readNanos=1000000"
            + "&programNanos=10000000&eraseNanos=100000000";

    private final Scheduler scheduler = Scheduler.simulated(4);
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();

    private interface Body {
        void run(Rig rig) throws Exception;
    }

    private void on(String uri, Body body) throws Exception {
        scheduler.run("test", () -> {
            try (Rig rig = new Rig(Ocssd.openDevice(uri, scheduler))) {
                body.run(rig);
            }
            return null;
        });
    }

    /** Everything that is under way on a queue, in the order of completion: "tag nanoseconds", counted from a time. */
    private List<String> drain(IoQueue queue, long from) throws Exception {
        List<String> ends = new ArrayList<>();
        while (queue.inFlight() > 0) {
            queue.await(1, Long.MAX_VALUE);
            while (queue.poll(completion)) {
                ends.add(completion.tag() + " " + (scheduler.nanoTime() - from));
            }
        }
        return ends;
    }

    private IoCommand write(Rig rig, long first) {
        return command.write(rig.out, 0).addRun(first, 4);
    }

    private IoCommand read(Rig rig, long... addresses) {
        command.read(rig.in, 0);
        Arrays.stream(addresses).forEach(command::add);
        return command;
    }

    @Test
    void anUrgentReadGoesBeforeWorkThatHasNotBegun() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            long b = rig.geometry.blockPpa(0, 1);
            rig.fill(rig.geometry.blockPpa(0, 2));
            long start = scheduler.nanoTime();
            rig.queue.submit(write(rig, a).tag(1));
            rig.queue.submit(write(rig, b).tag(2));
            rig.queue.submit(read(rig, rig.geometry.blockPpa(0, 2)).tag(3));
            rig.queue.submit(read(rig, rig.geometry.blockPpa(0, 2) + 1).tag(4));
            scheduler.sleepUntil(start + PROGRAM / 2);
            IoQueue other = rig.device.openQueue(1);
            other.submit(read(rig, rig.geometry.blockPpa(0, 2))
                    .priority(Priority.HIGH)
                    .tag(5));
            assertThat(drain(other, start)).containsExactly("5 " + (COMMAND + PROGRAM + READ));
            assertThat(drain(rig.queue, start))
                    .as("what came before it is later than was to be expected")
                    .containsExactly(
                            "1 " + (COMMAND + PROGRAM + READ),
                            "2 " + (COMMAND + 2 * PROGRAM + READ),
                            "3 " + (COMMAND + 2 * PROGRAM + 2 * READ),
                            "4 " + (COMMAND + 2 * PROGRAM + 3 * READ));
        });
    }

    @Test
    void nothingOvertakesAnEarlierCommandToItsBlockOnItsQueue() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            long b = rig.geometry.blockPpa(0, 1);
            rig.fill(a);
            long start = scheduler.nanoTime();
            rig.queue.submit(write(rig, b).tag(1));
            rig.queue.submit(command.erase().add(a).tag(2));
            rig.queue.submit(read(rig, a).priority(Priority.HIGH).tag(3));
            rig.queue.submit(read(rig, b).priority(Priority.HIGH).tag(4));
            assertThat(drain(rig.queue, start))
                    .containsExactly(
                            "1 " + (COMMAND + PROGRAM),
                            "2 " + (COMMAND + PROGRAM + ERASE),
                            "3 " + (COMMAND + PROGRAM + ERASE + READ),
                            "4 " + (COMMAND + PROGRAM + ERASE + 2 * READ));
        });
    }

    @Test
    void commandsThatShareABlockCompleteInOrderThoughTheFlashIsNot() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            long b = rig.geometry.blockPpa(1, 0);
            rig.fill(a);
            rig.fill(b);
            long start = scheduler.nanoTime();
            rig.queue.submit(command.erase().add(b).tag(1));
            rig.queue.submit(read(rig, a, b).tag(2));
            rig.queue.submit(read(rig, a).tag(3));
            rig.queue.submit(read(rig, rig.geometry.blockPpa(0, 1)).tag(4));
            long together = COMMAND + ERASE + READ;
            assertThat(drain(rig.queue, start))
                    .as("3 waits for 2, which waits for LUN 1; 4 is of another block and overtakes them")
                    .containsExactly(
                            "4 " + (2 * COMMAND + 3 * READ),
                            "1 " + (COMMAND + ERASE),
                            "2 " + together,
                            "3 " + together);
        });
    }

    @Test
    void anUrgentReadSuspendsWhereTheDriveCan() throws Exception {
        on(DRIVE + "&suspend=high", rig -> {
            rig.fill(rig.geometry.blockPpa(0, 2));
            rig.fill(rig.geometry.blockPpa(0, 3));
            long start = scheduler.nanoTime();
            rig.queue.submit(write(rig, rig.geometry.blockPpa(0, 0)).tag(1));
            rig.queue.submit(read(rig, rig.geometry.blockPpa(0, 3)).tag(2));
            scheduler.sleepUntil(start + PROGRAM / 2);
            IoQueue other = rig.device.openQueue(1);
            other.submit(read(rig, rig.geometry.blockPpa(0, 2))
                    .priority(Priority.HIGH)
                    .tag(3));
            // 100 us until the program is suspended.
            assertThat(drain(other, start)).containsExactly("3 " + (PROGRAM / 2 + COMMAND + 100_000 + READ));
            assertThat(drain(rig.queue, start))
                    .containsExactly(
                            "1 " + (COMMAND + PROGRAM + 100_000 + READ),
                            "2 " + (COMMAND + PROGRAM + 100_000 + 2 * READ));
        });
    }

    @Test
    void aWaitEndsWhenTheCompletionIsThereWhoeverElseWaits() throws Exception {
        on(DRIVE, rig -> {
            rig.fill(rig.geometry.blockPpa(0, 0));
            long start = scheduler.nanoTime();
            List<Task> tasks = new ArrayList<>();
            List<String> ends = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int number = i;
                tasks.add(scheduler.spawn("reader" + i, () -> {
                    IoQueue own = rig.device.openQueue(2);
                    IoCommand mine = new IoCommand().read(rig.in, 0).add(rig.geometry.blockPpa(number % 2, 0));
                    scheduler.sleepUntil(start + number);
                    own.submit(mine.tag(number));
                    ends.addAll(drain(own, start));
                    own.submit(mine.tag(number + 10));
                    ends.addAll(drain(own, start));
                    own.close();
                }));
            }
            for (Task each : tasks) {
                each.join();
            }
            // Three readers on each of two LUNs, in the order in which they came.
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                long begun = i % 2 + COMMAND;
                expected.add(i + " " + (begun + (1 + i / 2) * READ));
                expected.add(i + 10 + " " + (begun + (4 + i / 2) * READ));
            }
            assertThat(ends).containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    @Test
    void aDeepQueueIsAsExact() throws Exception {
        on(DRIVE, rig -> {
            IoQueue deep = rig.device.openQueue(200);
            long start = scheduler.nanoTime();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                deep.submit(read(rig, rig.geometry.blockPpa(i % 2, i % 7)).tag(i));
                expected.add(i + " " + ((1 + i % 2) * COMMAND + (1 + i / 2) * READ));
            }
            assertThat(drain(deep, start)).containsExactlyElementsOf(expected);
            deep.close();
        });
    }

    @Test
    void completionsAtTheSameTimeAreShuffledByASeed() throws Exception {
        List<String> plain = together("");
        assertThat(plain).hasSize(15).isEqualTo(together(""));
        for (int pair = 1; pair < 8; pair++) {
            assertThat(plain.get(2 * pair - 1)).as("in the order of submission").isEqualTo("0." + pair);
            assertThat(plain.get(2 * pair)).isEqualTo("1." + (pair - 1));
        }
        List<String> shuffled = together("&shuffle=3");
        assertThat(shuffled)
                .isEqualTo(together("&shuffle=3"))
                .isNotEqualTo(plain)
                .isNotEqualTo(together("&shuffle=4"))
                .containsExactlyInAnyOrderElementsOf(plain);
    }

    /** Eight reads of LUN 0 and seven of LUN 1 that complete together with the last seven, as "LUN.number". */
    private List<String> together(String parameters) throws Exception {
        List<String> ends = new ArrayList<>();
        try (Scheduler own = Scheduler.simulated(1)) {
            own.run("together", () -> {
                String uri = "mem:?profile=tiny&payload=off&readNanos=" + 10 * COMMAND + parameters;
                try (Rig rig = new Rig(Ocssd.openDevice(uri, own))) {
                    IoQueue deep = rig.device.openQueue(32);
                    for (int i = 0; i < 8; i++) {
                        deep.submit(read(rig, rig.geometry.blockPpa(0, i)).tag(i));
                    }
                    // The eleventh command comes when LUN 0 begins with its second.
                    deep.submit(read(rig, -1L).tag(100));
                    deep.submit(read(rig, -1L).tag(100));
                    for (int i = 0; i < 7; i++) {
                        deep.submit(read(rig, rig.geometry.blockPpa(1, i)).tag(10 + i));
                    }
                    own.sleepUntil(own.nanoTime() + ERASE);
                    while (deep.poll(completion)) {
                        if (completion.tag() < 100) {
                            ends.add(completion.tag() / 10 + "." + completion.tag() % 10);
                        }
                    }
                    deep.close();
                }
                return null;
            });
        }
        return ends;
    }

    @Test
    void countersSayHowBusyLunsWere() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            long start = scheduler.nanoTime();
            rig.queue.submit(write(rig, a).tag(1));
            scheduler.sleepUntil(start + COMMAND + PROGRAM / 4);
            assertThat(rig.device.counters().busyNanos(0)).isEqualTo(PROGRAM / 4);
            drain(rig.queue, start);
            rig.queue.submit(read(rig, a, rig.geometry.blockPpa(1, 0)).tag(2));
            drain(rig.queue, start);
            scheduler.sleepUntil(start + ERASE);
            DeviceCounters counters = rig.device.counters();
            assertThat(counters.busyNanos(0)).isEqualTo(PROGRAM + READ);
            assertThat(counters.busyNanos(1)).isEqualTo(READ);
            assertThat(counters.busyNanos(2)).isZero();
            assertThat(counters.channelBusyNanos(0)).as("this flash is flat").isZero();
            rig.device.close();
            assertThat(rig.device.counters().busyNanos(0)).isEqualTo(PROGRAM + READ);
        });
    }
}
