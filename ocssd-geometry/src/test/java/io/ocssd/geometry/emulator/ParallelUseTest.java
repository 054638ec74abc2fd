package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several tasks side by side in real time, each with a queue and blocks of its own on every LUN. */
final class ParallelUseTest {
    private static final int TASKS = 4;
    private static final int ROUNDS = 20;
    private static final String DRIVE = "mem:?profile=tiny&factoryBad=0&sectorBytes=512";

    @ParameterizedTest
    @ValueSource(strings = {"", "&timing=on&readNanos=0&programNanos=0&eraseNanos=0"})
    void tasksDoNotDisturbEachOther(String how) throws Exception {
        Scheduler scheduler = Scheduler.real();
        try (FlashDevice device = Ocssd.openDevice(DRIVE + how, scheduler)) {
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                int own = i;
                tasks.add(scheduler.spawn("user", () -> use(device, own)));
            }
            for (Task each : tasks) {
                each.join();
            }
            var counters = device.counters();
            assertThat(counters.erases())
                    .isEqualTo((long) TASKS * ROUNDS * device.geometry().luns());
            assertThat(counters.programmedSectors())
                    .isEqualTo(counters.erases() * device.geometry().sectorsPerBlock());
            assertThat(counters.programmedBytes()).isEqualTo(counters.programmedSectors() * 512);
            assertThat(device.report().count(BlockState.FREE))
                    .isEqualTo(device.geometry().blocks());
        }
    }

    /** Fills, reads and erases one block of every LUN, now by one LUN, now all in one vector command. */
    private static void use(FlashDevice device, int own) throws Exception {
        Rig rig = new Rig(device);
        int luns = rig.geometry.luns();
        int sectors = rig.geometry.sectorsPerBlock();
        for (int round = 0; round < ROUNDS; round++) {
            long[] blocks = new long[luns];
            for (int lun = 0; lun < luns; lun++) {
                blocks[lun] = rig.geometry.blockPpa(lun, own);
            }
            int at = 0;
            for (; at < sectors - 2; at += 2) {
                long[] stripe = new long[2 * luns];
                for (int i = 0; i < stripe.length; i++) {
                    // Half of the tasks go through the LUNs from behind.
                    int lun = own % 2 == 0 ? i / 2 : luns - 1 - i / 2;
                    stripe[i] = blocks[lun] + at + i % 2;
                }
                assertThat(rig.writeAll(true, stripe)).isEqualTo(Outcome.SUCCESS);
            }
            for (long block : blocks) {
                assertThat(rig.write(block + at, 2)).isEqualTo(Outcome.SUCCESS);
            }
            assertThat(rig.read(blocks)).isEqualTo(Outcome.SUCCESS);
            for (int lun = 0; lun < luns; lun++) {
                rig.assertData(lun, blocks[lun]);
                rig.assertOob(lun, blocks[lun]);
            }
            assertThat(rig.erase(blocks)).isEqualTo(Outcome.SUCCESS);
        }
        rig.queue.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&timing=on&readNanos=0&programNanos=0&eraseNanos=0"})
    void ofTasksThatWriteTheSameSectorsOneSucceeds(String how) throws Exception {
        Scheduler scheduler = Scheduler.real();
        try (FlashDevice device = Ocssd.openDevice(DRIVE + how + "&sectors=1024&wsMin=1", scheduler)) {
            AtomicInteger successes = new AtomicInteger();
            List<Task> tasks = new ArrayList<>();
            for (int i = 0; i < TASKS; i++) {
                tasks.add(scheduler.spawn("rival", () -> successes.addAndGet(rival(device))));
            }
            for (Task each : tasks) {
                each.join();
            }
            int sectors = 16 * 1024;
            assertThat(successes).hasValue(sectors);
            assertThat(device.counters().programmedSectors()).isEqualTo(sectors);
        }
    }

    /** Fills LUN 0 sector by sector, as all its rivals do; returns how often it was first. */
    private static int rival(FlashDevice device) throws Exception {
        Rig rig = new Rig(device);
        IoCommand command = new IoCommand();
        int first = 0;
        for (int block = 0; block < rig.geometry.blocksPerLun(); block++) {
            for (int sector = 0; sector < rig.geometry.sectorsPerBlock(); sector++) {
                long ppa = rig.geometry.blockPpa(block) + sector;
                int status = rig.execute(command.write(rig.out, 0).add(ppa)).status();
                // Refused means that a rival was first: nobody is ahead of the write pointer.
                assertThat(status).isIn(0x000, 0x2F2, 0x280);
                first += status == 0 ? 1 : 0;
            }
        }
        return first;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&timing=on&readNanos=0&programNanos=0&eraseNanos=0"})
    void aPowerCutStopsAllOfThemAtOnce(String how) throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            Scheduler scheduler = Scheduler.real();
            int cut = 1 + new SplittableRandom(seed).nextInt(200);
            try (FlashDevice device = Ocssd.openDevice(DRIVE + how + "&cut=" + cut, scheduler)) {
                List<Task> tasks = new ArrayList<>();
                for (int i = 0; i < TASKS; i++) {
                    int own = i;
                    tasks.add(scheduler.spawn("user", () -> use(device, own)));
                }
                for (Task each : tasks) {
                    assertThatThrownBy(each::join)
                            .as("seed=" + seed)
                            .isInstanceOf(GoneException.class)
                            .hasMessageContaining("power was cut at command " + cut);
                }
                assertThat(device.counters().commands()).as("seed=" + seed).isLessThan(cut);
            }
        }
    }
}
