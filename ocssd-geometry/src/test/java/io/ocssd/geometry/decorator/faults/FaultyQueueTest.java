package io.ocssd.geometry.decorator.faults;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is handed on as it is and what takes a detour, mixed on one queue: every command is answered once, as itself, in its order. */
final class FaultyQueueTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 10_000 : 200;
    private static final int DEPTH = 6;
    private static final int SECTORS = 16;
    /** What the tag of a tracked command has above its slot. */
    private static final long MARK = 0xFA17_5107L << 32;

    private static final List<String> OPENINGS = List.of(
            "timing=off", "timing=off&shuffle=1", "timing=on&readNanos=100", "timing=on&readNanos=100&timings=tlc");

    /** A read that is under way. */
    private record Sent(long ppa, int status) {}

    /** One history; tags are drawn from few, plain ones and some that look like those of tracked commands. */
    private static final class Mix {
        private final SplittableRandom random;
        private final TestDrive drive;
        private final Faults faults;
        private final IoQueue queue;
        private final Map<Long, Sent> underWay = new HashMap<>();
        /** By block: what was submitted and is not answered, in its order. */
        private final Map<Long, Queue<Long>> order = new HashMap<>();

        private final List<Long> armed = new ArrayList<>();
        private final Fault slow;
        private boolean isSlow;

        Mix(int seed, TestDrive drive, Faults faults) throws GoneException {
            this.random = new SplittableRandom(seed);
            this.drive = drive;
            this.faults = faults;
            this.queue = drive.device.openQueue(DEPTH);
            this.slow = Fault.slow(700).lun(0, 1);
        }

        void run() throws Exception {
            for (int step = 0; step < 300; step++) {
                switch (random.nextInt(10)) {
                    case 0 -> arm();
                    case 1, 2, 3 -> take();
                    case 4 -> queue.await(random.nextInt(3), random.nextBoolean() ? Long.MAX_VALUE : 0);
                    default -> submit();
                }
                assertThat(queue.inFlight()).isEqualTo(underWay.size());
            }
            while (!underWay.isEmpty()) {
                assertThat(queue.await(DEPTH, Long.MAX_VALUE)).isEqualTo(underWay.size());
                take();
            }
            assertThat(queue.poll(new Completion())).isFalse();
        }

        private void arm() {
            if (armed.isEmpty() || random.nextInt(3) == 0) {
                long ppa = anyPpa();
                faults.arm(Fault.highEcc().at(ppa).always());
                armed.add(ppa);
            } else {
                // So that now and then nothing is in the way of anything.
                faults.disarmAll();
                armed.clear();
                isSlow = random.nextInt(4) == 0;
                if (isSlow) {
                    faults.arm(slow);
                }
            }
        }

        private long anyPpa() {
            return drive.ppa(random.nextInt(3), random.nextInt(2), random.nextInt(SECTORS));
        }

        private void submit() throws GoneException {
            long tag = (random.nextInt(4) == 0 ? MARK : 0) + random.nextInt(DEPTH);
            if (underWay.containsKey(tag)) {
                return;
            }
            long ppa = anyPpa();
            IoCommand command = drive.command().read(drive.in, 0).add(ppa).tag(tag);
            boolean sent = queue.submit(command);
            assertThat(sent).isEqualTo(underWay.size() < DEPTH);
            assertThat(command.tag()).isEqualTo(tag);
            if (sent) {
                underWay.put(tag, new Sent(ppa, armed.contains(ppa) ? NvmeStatus.HIGH_ECC : NvmeStatus.SUCCESS));
                order.computeIfAbsent(ppa - ppa % SECTORS, key -> new ArrayDeque<>())
                        .add(tag);
            }
        }

        private void take() throws GoneException {
            Completion completion = new Completion();
            while (queue.poll(completion)) {
                Sent sent = underWay.remove(completion.tag());
                assertThat(sent).as("a command with tag %x", completion.tag()).isNotNull();
                assertThat(completion.status()).isEqualTo(sent.status);
                assertThat(order.get(sent.ppa - sent.ppa % SECTORS).remove())
                        .as("order in the block")
                        .isEqualTo(completion.tag());
            }
        }
    }

    @Test
    void everyCommandIsAnsweredAsItself() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            String opening = OPENINGS.get(seed % OPENINGS.size());
            try (Scheduler scheduler = opening.contains("on") ? Scheduler.simulated(seed) : Scheduler.real()) {
                int drawn = seed;
                scheduler.run("mix", () -> {
                    mix(drawn, opening, scheduler);
                    return null;
                });
            } catch (AssertionError | Exception e) {
                throw new AssertionError("seed=" + seed + ", " + opening, e);
            }
        }
    }

    private static void mix(int seed, String opening, Scheduler scheduler) throws Exception {
        Faults faults = new Faults(seed);
        String shape = "channels=2&luns=2&blocks=2&sectors=16&sectorBytes=512&wsMin=2&wsOpt=4&mwCunits=0&factoryBad=0&";
        FlashDevice device = TestDrive.memory(shape + opening, scheduler);
        if (seed % 3 == 0) {
            // Of two the one below gets what the one above has marked.
            device = new FaultyDevice(device, Faults.of(1, Fault.slow(50).lun(0, 0)), scheduler);
        }
        device = new FaultyDevice(device, faults, scheduler);
        try (TestDrive drive = new TestDrive(device)) {
            for (int lun = 0; lun < 3; lun++) {
                drive.fill(drive.ppa(lun, 0, 0));
                drive.fill(drive.ppa(lun, 1, 0));
            }
            Mix mix = new Mix(seed, drive, faults);
            mix.run();
            mix.queue.close();
            assertThat(mix.queue.inFlight()).isZero();
        }
    }

    @Test
    void aFullQueueRefusesBeforeAnythingIsCounted() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                drive.fill(block);
                IoQueue queue = drive.device.openQueue(2);
                IoCommand read = drive.command();
                assertThat(queue.submit(read.read(drive.in, 0).add(block).tag(1)))
                        .isTrue();
                faults.arm(Fault.highEcc().at(block).nth(2).always());
                assertThat(queue.submit(read.read(drive.in, 0).add(block).tag(2)))
                        .isTrue();
                for (int i = 0; i < 3; i++) {
                    assertThat(queue.submit(read.read(drive.in, 0).add(block).tag(3)))
                            .isFalse();
                    assertThat(queue.submit(read.read(drive.in, 0).add(drive.ppa(1, 0, 0))))
                            .isFalse();
                }
                queue.await(2, Long.MAX_VALUE);
                assertThat(queue.poll(drive.completion)).isTrue();
                assertThat(drive.completion.status()).isZero();
                assertThat(queue.poll(drive.completion)).isTrue();
                assertThat(drive.completion.status()).isZero();
                assertThat(faults.fired(FaultKind.HIGH_ECC)).isZero();
                // The second that was taken.
                assertThat(drive.read(block)).isEqualTo(Answer.failed(NvmeStatus.HIGH_ECC, 0, 1));
                queue.close();
            }
        });
    }

    @Test
    void aDeviceThatGoesLeavesNothingUnderWay() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                drive.fill(block);
                IoQueue queue = drive.device.openQueue(4);
                IoCommand read = drive.command();
                queue.submit(read.read(drive.in, 0).add(block));
                faults.arm(Fault.slow(1_000_000));
                queue.submit(read.read(drive.in, 0).add(block));
                faults.arm(Fault.gone());
                assertThatThrownBy(() -> queue.submit(read.read(drive.in, 0).add(block)))
                        .isInstanceOf(GoneException.class)
                        .hasMessageContaining("a fault took the device away");
                assertThatThrownBy(() -> queue.poll(drive.completion)).isInstanceOf(GoneException.class);
                assertThatThrownBy(() -> queue.await(1, 0)).isInstanceOf(GoneException.class);
                queue.close();
                assertThat(queue.inFlight()).isZero();
                assertThatThrownBy(() -> queue.submit(read)).isInstanceOf(IllegalStateException.class);
            }
        });
    }

    private static TestDrive drive(Scheduler scheduler, Faults faults) throws Exception {
        return new TestDrive(new FaultyDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), faults, scheduler));
    }
}
