package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What takes how long in virtual time, to the nanosecond, and when it takes effect. */
final class TimedEngineTest {
    private static final long READ = 1_000_000;
    private static final long PROGRAM = 10_000_000;
    private static final long ERASE = 100_000_000;
    private static final long COMMAND = HostCost.COMMAND.nanos();
    private static final String DRIVE =
            "mem:?profile=tiny&factoryBad=0&readNanos=1000000&programNanos=10000000&eraseNanos=100000000";

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

    private IoCommand write(Rig rig, long first, int sectors) {
        return command.write(rig.out, 0).addRun(first, sectors);
    }

    private long nanosOf(Rig rig, IoCommand what) throws Exception {
        long before = scheduler.nanoTime();
        rig.execute(what);
        return scheduler.nanoTime() - before - COMMAND;
    }

    @Test
    void constantsPerUnit() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            assertThat(nanosOf(rig, write(rig, a, 4))).isEqualTo(PROGRAM);
            assertThat(nanosOf(rig, write(rig, a + 4, 2))).isEqualTo(PROGRAM);
            assertThat(nanosOf(rig, write(rig, a + 6, 26))).isEqualTo(7 * PROGRAM);
            assertThat(nanosOf(rig, command.read(rig.in, 0).addRun(a, 4))).isEqualTo(READ);
            assertThat(nanosOf(rig, command.read(rig.in, 0).addRun(a + 3, 2))).isEqualTo(2 * READ);
            assertThat(nanosOf(rig, command.read(rig.in, 0).add(a).add(a + 9).add(a + 1)))
                    .isEqualTo(3 * READ);
            assertThat(nanosOf(rig, command.erase().add(a).add(a + (1L << 24)))).isEqualTo(2 * ERASE);
            assertThat(nanosOf(rig, command.read(rig.in, 0).add(-1L)))
                    .as("no LUN has to do anything")
                    .isZero();
        });
    }

    @Test
    void lunsWorkSideBySideAndEachInOrder() throws Exception {
        on(DRIVE, rig -> {
            long start = scheduler.nanoTime();
            for (int lun = 0; lun < 3; lun++) {
                rig.queue.submit(write(rig, rig.geometry.blockPpa(lun, 0), 4).tag(lun));
            }
            rig.queue.submit(write(rig, rig.geometry.blockPpa(0, 1), 4).tag(3));
            assertThat(rig.queue.await(4, start + PROGRAM + COMMAND - 1)).isZero();
            assertThat(rig.queue.poll(completion)).isFalse();
            assertThat(rig.queue.await(1, Long.MAX_VALUE)).isEqualTo(1);
            assertThat(scheduler.nanoTime()).isEqualTo(start + COMMAND + PROGRAM);
            assertThat(rig.queue.await(3, Long.MAX_VALUE)).isEqualTo(3);
            assertThat(scheduler.nanoTime()).isEqualTo(start + 3 * COMMAND + PROGRAM);
            assertThat(rig.queue.await(4, Long.MAX_VALUE)).isEqualTo(4);
            assertThat(scheduler.nanoTime()).isEqualTo(start + COMMAND + 2 * PROGRAM);
            for (int tag = 0; tag < 4; tag++) {
                assertThat(rig.queue.poll(completion)).isTrue();
                assertThat(completion.tag()).isEqualTo(tag);
            }
        });
    }

    @Test
    void aCommandOnSeveralLunsCompletesWithItsLastShareAndIsNotOvertaken() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            long b = rig.geometry.blockPpa(1, 0);
            rig.fill(a);
            rig.fill(b);
            long start = scheduler.nanoTime();
            rig.queue.submit(command.erase().add(b).tag(1));
            rig.queue.submit(command.read(rig.in, 0).add(a).add(b).tag(2));
            rig.queue.submit(command.read(rig.in, 0).add(a).tag(3));
            rig.queue.submit(
                    command.read(rig.in, 0).add(rig.geometry.blockPpa(2, 0)).tag(4));
            rig.queue.await(4, Long.MAX_VALUE);
            List<Long> tags = new ArrayList<>();
            while (rig.queue.poll(completion)) {
                tags.add(completion.tag());
                if (completion.tag() == 2) {
                    assertThat(completion.failedAddresses())
                            .as("b was erased before")
                            .isEqualTo(0b10);
                }
            }
            assertThat(tags).containsExactly(4L, 1L, 2L, 3L);
            assertThat(scheduler.nanoTime()).isEqualTo(start + COMMAND + ERASE + READ);
        });
    }

    @Test
    void effectsAreThereWhenTheCommandCompletesAndNotBefore() throws Exception {
        on(DRIVE, rig -> {
            long a = rig.geometry.blockPpa(0, 0);
            long start = scheduler.nanoTime();
            rig.queue.submit(write(rig, a, 4));
            scheduler.sleepUntil(start + COMMAND + PROGRAM - 1);
            assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
            assertThat(rig.device.counters().programmedSectors()).isZero();
            scheduler.sleepUntil(start + COMMAND + PROGRAM);
            assertThat(rig.state(a)).isEqualTo(BlockState.OPEN);
            assertThat(rig.device.counters().programmedSectors()).isEqualTo(4);
        });
    }

    @Test
    void aDeadlineEndsAWait() throws Exception {
        on(DRIVE, rig -> {
            rig.queue.submit(write(rig, rig.geometry.blockPpa(0, 0), 4));
            long deadline = scheduler.nanoTime() + 5;
            assertThat(rig.queue.await(1, deadline)).isZero();
            assertThat(scheduler.nanoTime()).isEqualTo(deadline);
        });
    }

    @Test
    void closingTheDeviceCompletesWhatIsUnderWay() throws Exception {
        java.nio.file.Path file =
                java.nio.file.Files.createTempDirectory("ocssd").resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny&factoryBad=0");
        try {
            on("emu:" + file, rig -> rig.queue.submit(write(rig, rig.geometry.blockPpa(0, 0), 4)));
            on("emu:" + file, rig -> assertThat(rig.writePointer(0)).isEqualTo(4));
        } finally {
            java.nio.file.Files.delete(file);
            java.nio.file.Files.delete(file.getParent());
        }
    }

    @Test
    void aPowerCutSaysHowManyCommandsItTore() throws Exception {
        on(DRIVE + "&cut=4", rig -> {
            rig.write(rig.geometry.blockPpa(0, 0), 4);
            rig.queue.submit(write(rig, rig.geometry.blockPpa(0, 1), 4));
            rig.queue.submit(write(rig, rig.geometry.blockPpa(1, 0), 4));
            assertThatThrownBy(() -> rig.queue.submit(write(rig, rig.geometry.blockPpa(2, 0), 4)))
                    .isInstanceOf(GoneException.class)
                    .hasMessage("power was cut at command 4 with 3 commands in flight");
            assertThat(rig.device.counters().programmedSectors()).isEqualTo(4);
        });
    }

    @Test
    void aTaskThatWaitsMeetsThePowerCutOfAnother() throws Exception {
        on(DRIVE + "&cut=2", rig -> {
            Task waiting = scheduler.spawn("waiting", () -> {
                IoQueue own = rig.device.openQueue(1);
                own.submit(new IoCommand().write(rig.out, 0).addRun(rig.geometry.blockPpa(0, 0), 4));
                assertThatThrownBy(() -> own.await(1, Long.MAX_VALUE)).isInstanceOf(GoneException.class);
                own.close();
            });
            scheduler.sleepUntil(scheduler.nanoTime() + PROGRAM / 2);
            assertThatThrownBy(() -> rig.erase(0)).hasMessageContaining("with 2 commands in flight");
            waiting.join();
        });
    }
}
