package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.contract.Proves;
import io.ocssd.geometry.contract.Rule;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;
import org.junit.jupiter.api.Test;

/** Blocks that wear: their index, their end, what they fail before it, and what the drive says of it. */
final class WearTest {
    private static final String SHAPE =
            "channels=1&luns=1&blocks=8&sectors=8&sectorBytes=512&wsMin=4&wsOpt=4&mwCunits=0&factoryBad=0";

    /** Cells that fail what a test says. */
    private static final class Planned implements MediaFaults {
        private int failingBlock = -1;
        private int failingSector = -1;
        private boolean erasesFail;
        private int readStatus;

        @Override
        public int programmed(int block, int erases, int first, int length) {
            boolean hit = block == failingBlock && failingSector >= first && failingSector < first + length;
            return hit ? failingSector - first : length;
        }

        @Override
        public boolean eraseFails(int block, int erases) {
            return erasesFail;
        }

        @Override
        public int read(int block, int erases, int sector) {
            return block == failingBlock && sector == failingSector ? readStatus : NvmeStatus.SUCCESS;
        }
    }

    private final Planned planned = new Planned();

    private Console drive(String shape) throws Exception {
        return Console.faulty(shape, planned);
    }

    // ---- what fails

    @Test
    @Proves({Rule.STATE_EARLY_CLOSE, Rule.STATE_EARLY_CLOSE_READABLE, Rule.STATE_EARLY_CLOSE_BITMAP})
    void aFailingProgramClosesTheBlockEarly() throws Exception {
        try (Console drive = drive(SHAPE + "&maxOpen=1")) {
            planned.failingBlock = 2;
            planned.failingSector = 5;
            assertThat(drive.write(2, 0, 4)).isZero();
            int write = drive.lastWrite();
            assertThat(drive.write(2, 4, 4)).isEqualTo(0x2F1);
            assertThat(drive.failed()).isEqualTo(0b1110);
            assertThat(drive.state(2)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.writePointer(2)).isEqualTo(5);
            assertThat(drive.read(2, 0, 5)).isZero();
            assertThat(drive.mark(0)).isEqualTo(write);
            assertThat(drive.mark(4)).isEqualTo(write + 1);
            assertThat(drive.read(2, 5, 1)).isEqualTo(0x287);
            assertThat(drive.write(2, 5, 4)).isEqualTo(0x280);
            assertThat(drive.device.counters().programmedSectors()).isEqualTo(4);
            // Its place is free again.
            assertThat(drive.write(3, 0, 4)).isZero();
            assertThat(drive.erase(drive.ppa(2, 0))).isZero();
        }
    }

    @Test
    void aFreeBlockWhoseFirstSectorFailsIsClosedEmpty() throws Exception {
        try (Console drive = drive(SHAPE + "&maxOpen=1")) {
            planned.failingBlock = 2;
            planned.failingSector = 0;
            assertThat(drive.write(2, 0, 4)).isEqualTo(0x2F1);
            assertThat(drive.failed()).isEqualTo(0b1111);
            assertThat(drive.state(2)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.writePointer(2)).isZero();
            assertThat(drive.write(3, 0, 4)).isZero();
            assertThat(drive.write(4, 0, 4)).isEqualTo(0x280);
        }
    }

    @Test
    void theOtherRunsOfAProgramSucceed() throws Exception {
        try (Console drive = drive(SHAPE)) {
            planned.failingBlock = 2;
            planned.failingSector = 2;
            long[] runs = new long[12];
            for (int i = 0; i < 4; i++) {
                runs[i] = drive.ppa(1, i);
                runs[4 + i] = drive.ppa(2, i);
                runs[8 + i] = drive.ppa(3, i);
            }
            assertThat(drive.write(runs)).isEqualTo(0x2F1);
            assertThat(drive.failed()).isEqualTo(0b1100_0000);
            assertThat(drive.writePointer(1)).isEqualTo(4);
            assertThat(drive.writePointer(2)).isEqualTo(2);
            assertThat(drive.writePointer(3)).isEqualTo(4);
        }
    }

    @Test
    @Proves({Rule.ZONE_PROGRAM_FAILS, Rule.ZONE_READ_ONLY})
    void aZoneWhoseProgramFailsIsReadOnly() throws Exception {
        try (Console drive = drive("profile=zns-small&sectors=16&sectorBytes=512&maxOpen=1&maxActive=1")) {
            planned.failingBlock = 2;
            planned.failingSector = 5;
            assertThat(drive.write(2, 0, 4)).isZero();
            assertThat(drive.append(drive.ppa(2, 0), 4)).isEqualTo(0x280);
            assertThat(drive.failed()).isEqualTo(0b1110);
            assertThat(drive.address()).isZero();
            assertThat(drive.state(2)).isEqualTo(BlockState.CLOSED);
            assertThat(drive.writePointer(2)).isEqualTo(16);
            assertThat(drive.read(2, 0, 6)).isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b10_0000);
            assertThat(drive.write(2, 5, 1)).isEqualTo(0x1BA);
            assertThat(drive.erase(drive.ppa(2, 0))).isEqualTo(0x1BF);
            assertThat(drive.write(3, 0, 1)).isZero();
            assertThat(drive.close(3)).isZero();
            planned.failingBlock = 3;
            planned.failingSector = 1;
            assertThat(drive.write(3, 1, 1)).isEqualTo(0x280);
            assertThat(drive.write(4, 0, 1)).isZero();
            assertThat(drive.write(5, 0, 1)).isEqualTo(0x1BD);
        }
    }

    @Test
    @Proves({Rule.STATE_ERASE_FAILS, Rule.ZONE_ERASE_FAILS})
    void aFailingEraseTakesTheBlockOffline() throws Exception {
        try (Console drive = drive(SHAPE)) {
            drive.fill(2);
            drive.fill(3);
            planned.erasesFail = true;
            assertThat(drive.erase(drive.ppa(2, 0), drive.ppa(3, 0))).isEqualTo(0x2C1);
            assertThat(drive.failed()).isEqualTo(0b11);
            assertThat(drive.state(2)).isEqualTo(BlockState.OFFLINE);
            assertThat(drive.device.report().eraseCount(2)).isZero();
            assertThat(drive.device.counters().erases()).isZero();
            planned.erasesFail = false;
            assertThat(drive.erase(drive.ppa(2, 0))).isEqualTo(0x2C0);
        }
        try (Console drive = drive("profile=zns-small")) {
            planned.erasesFail = true;
            assertThat(drive.erase(drive.ppa(2, 0))).isEqualTo(0x1BB);
            assertThat(drive.state(2)).isEqualTo(BlockState.OFFLINE);
            assertThat(drive.write(2, 0, 1)).isEqualTo(0x1BB);
        }
    }

    @Test
    @Proves(Rule.READ_MEDIA_ERROR)
    void aSectorThatTheMediaCantReadFailsAlone() throws Exception {
        try (Console drive = drive(SHAPE + "&copy=on")) {
            drive.fill(2);
            planned.failingBlock = 2;
            planned.failingSector = 3;
            planned.readStatus = NvmeStatus.UNRECOVERED_READ;
            assertThat(drive.read(2, 1, 4)).isEqualTo(0x281);
            assertThat(drive.failed()).isEqualTo(0b100);
            assertThat(drive.mark(1)).isPositive();
            assertThat(drive.isUntouched(2)).isTrue();
            assertThat(drive.mark(3)).isPositive();
            assertThat(drive.device.counters().readSectors()).isEqualTo(3);
            // The lower number of two statuses, whichever comes first.
            assertThat(drive.read(drive.ppa(5, 0), drive.ppa(2, 3))).isEqualTo(0x281);
            assertThat(drive.read(drive.ppa(2, 3), drive.ppa(5, 0), drive.ppa(2, 0)))
                    .isEqualTo(0x281);
            assertThat(drive.failed()).isEqualTo(0b011);
            // DULBE has no say in it.
            drive.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
            assertThat(drive.read(drive.ppa(2, 3), drive.ppa(5, 0))).isEqualTo(0x281);
            assertThat(drive.failed()).isEqualTo(0b01);
            drive.command.copy();
            for (int i = 0; i < 4; i++) {
                drive.command.add(drive.ppa(2, i)).addDestination(drive.ppa(4, i));
            }
            assertThat(drive.run()).isEqualTo(0x281);
            assertThat(drive.failed()).isEqualTo(0b1000);
            assertThat(drive.state(4)).isEqualTo(BlockState.FREE);
        }
    }

    @Test
    @Proves(Rule.READ_HIGH_ECC)
    void aHighEccCountIsToldWhenAskedFor() throws Exception {
        try (Console drive = drive(SHAPE + "&copy=on")) {
            drive.fill(2);
            planned.failingBlock = 2;
            planned.failingSector = 3;
            planned.readStatus = NvmeStatus.HIGH_ECC;
            assertThat(drive.read(2, 1, 4)).isZero();
            drive.device.admin().setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, DeviceAdmin.VERY_HIGH_ECC);
            assertThat(drive.read(2, 1, 4)).isZero();
            drive.device.admin().setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, DeviceAdmin.HIGH_ECC);
            assertThat(drive.read(2, 1, 4)).isEqualTo(0x2D0);
            assertThat(drive.failed()).isEqualTo(0b100);
            assertThat(drive.mark(2)).isPositive();
            assertThat(drive.device.counters().readSectors()).isEqualTo(12);
            // A failure is the graver news.
            assertThat(drive.read(drive.ppa(2, 3), drive.ppa(5, 0))).isEqualTo(0x287);
            assertThat(drive.failed()).isEqualTo(0b10);
            drive.command.copy();
            for (int i = 0; i < 4; i++) {
                drive.command.add(drive.ppa(2, i)).addDestination(drive.ppa(4, i));
            }
            assertThat(drive.run()).isZero();
            assertThat(drive.failed()).isZero();
            assertThat(drive.writePointer(4)).isEqualTo(4);
        }
    }

    // ---- wearing out

    @Test
    void aBlockIsOfflineWhenItsIndexIsAtTheEnd() throws Exception {
        try (Console drive = drive(SHAPE + "&eraseFree=on&endurance=10")) {
            for (int erases = 1; erases <= 9; erases++) {
                assertThat(drive.erase(drive.ppa(2, 0))).isZero();
                BlockReport report = drive.device.report();
                assertThat(report.eraseCount(2)).isEqualTo(erases);
                assertThat(report.wearIndex(2)).isEqualTo(erases * 255 / 10);
                assertThat(report.state(2)).isEqualTo(BlockState.FREE);
            }
            assertThat(drive.erase(drive.ppa(2, 0))).isZero();
            assertThat(drive.state(2)).isEqualTo(BlockState.OFFLINE);
            assertThat(drive.device.report().wearIndex(2)).isEqualTo(255);
            assertThat(drive.device.report().eraseCount(2)).isEqualTo(10);
            assertThat(drive.erase(drive.ppa(2, 0))).isEqualTo(0x2C0);
            assertThat(drive.device.counters().erases()).isEqualTo(10);
        }
    }

    @Test
    void aDriveWithoutEnduranceNeverWearsOut() throws Exception {
        try (Console drive = Console.of(SHAPE + "&eraseFree=on")) {
            for (int erases = 1; erases <= 3100; erases++) {
                assertThat(drive.erase(drive.ppa(2, 0))).isZero();
            }
            assertThat(drive.device.report().wearIndex(2)).isEqualTo(255);
            assertThat(drive.state(2)).isEqualTo(BlockState.FREE);
        }
    }

    @Test
    void aWornDriveIsTheSameForTheSameSeed() throws Exception {
        assertThat(wornOut(1)).isEqualTo(wornOut(1)).isNotEqualTo(wornOut(2));
    }

    /** Which erase each block went offline at, when all are erased in turn until none is left. */
    private static String wornOut(int seed) throws Exception {
        StringBuilder ends = new StringBuilder();
        try (Console drive = Console.of(SHAPE + "&eraseFree=on&endurance=200&seed=" + seed)) {
            for (int block = 0; block < 8; block++) {
                int status = 0;
                while (drive.state(block) != BlockState.OFFLINE) {
                    status = drive.erase(drive.ppa(block, 0));
                }
                long erases = drive.device.report().eraseCount(block);
                // Worn out by the index, or failed before that.
                assertThat(erases).as("seed=" + seed).isLessThanOrEqualTo(200);
                assertThat(status).as("seed=" + seed).isEqualTo(erases == 200 ? 0x000 : 0x2C1);
                ends.append(erases).append(' ');
            }
        }
        return ends.toString();
    }

    // ---- the faults by themselves

    @Test
    void endurancesAreLogNormal() {
        WearFaults faults =
                new WearFaults(Made.of("channels=1&luns=1&blocks=20000&endurance=10000&factoryBad=0&seed=5"));
        double sum = 0;
        double squares = 0;
        int below = 0;
        for (int block = 0; block < 20000; block++) {
            double logarithm = Math.log(faults.endurance(block) / 10000.0);
            sum += logarithm;
            squares += logarithm * logarithm;
            below += logarithm < -0.15 ? 1 : 0;
            assertThat(faults.endurance(block)).isEqualTo(faults.endurance(block));
        }
        // Standard errors: 0.0011 of the mean, 0.0008 of the deviation, 0.26 % of the share.
        assertThat(sum / 20000).isBetween(-0.005, 0.005);
        assertThat(Math.sqrt(squares / 20000)).isBetween(0.146, 0.154);
        assertThat(below / 20000.0).isBetween(0.15, 0.168);
    }

    @Test
    void erasesFailMoreAndMoreBeyondTheEndurance() {
        CreationParameters made = Made.of("channels=1&luns=1&blocks=4000&endurance=10000&factoryBad=0&seed=9");
        WearFaults faults = new WearFaults(made);
        int[] failed = new int[4];
        for (int block = 0; block < 4000; block++) {
            int bears = faults.endurance(block);
            failed[0] += faults.eraseFails(block, bears - 1) ? 1 : 0;
            failed[1] += faults.eraseFails(block, bears - 1 + bears / 80) ? 1 : 0;
            failed[2] += faults.eraseFails(block, bears - 1 + bears / 40) ? 1 : 0;
            failed[3] += faults.eraseFails(block, bears + bears / 20) ? 1 : 0;
        }
        assertThat(failed[0]).isZero();
        assertThat(failed[1] / 4000.0).isBetween(0.22, 0.28);
        assertThat(failed[2] / 4000.0).isBetween(0.46, 0.54);
        assertThat(failed[3]).isEqualTo(4000);
    }

    @Test
    void sectorsOfWornBlocksReadWithAHighEccCount() {
        CreationParameters made = Made.of("channels=1&luns=1&blocks=4&endurance=10000&factoryBad=0&seed=9");
        WearFaults faults = new WearFaults(made);
        int bears = faults.endurance(2);
        int high = 0;
        for (int sector = 0; sector < 4000; sector++) {
            assertThat(faults.read(2, bears, sector)).isZero();
            high += faults.read(2, bears + bears / 40, sector) == NvmeStatus.HIGH_ECC ? 1 : 0;
            assertThat(faults.read(2, bears + bears / 20 + 1, sector)).isEqualTo(NvmeStatus.HIGH_ECC);
        }
        assertThat(high / 4000.0).isBetween(0.46, 0.54);
    }

    @Test
    void unitsOfWornBlocksFailOnceInAThousand() {
        CreationParameters made =
                Made.of("channels=1&luns=1&blocks=4&sectors=64&wsMin=4&endurance=100&factoryBad=0&seed=9");
        WearFaults faults = new WearFaults(made);
        int bears = faults.endurance(1);
        int failed = 0;
        int[] places = new int[4];
        for (int erases = bears + 1; erases <= bears + 100_000; erases++) {
            int good = faults.programmed(1, erases, 8, 8);
            if (good < 8) {
                failed++;
                places[good % 4]++;
            }
            assertThat(faults.programmed(1, erases, 8, 8)).isEqualTo(good);
            // Cut differently, the same units fail.
            int inTwo = faults.programmed(1, erases, 8, 4);
            assertThat(inTwo == 4 ? 4 + faults.programmed(1, erases, 12, 4) : inTwo)
                    .isEqualTo(good);
        }
        // Two units each: 200 expected, with a deviation of 14.
        assertThat(failed).isBetween(140, 260);
        for (int place : places) {
            assertThat(place).isBetween(20, 85);
        }
        int young = 0;
        for (int erases = 0; erases <= bears; erases++) {
            young += faults.programmed(1, erases, 0, 64) < 64 ? 1 : 0;
        }
        assertThat(young).isZero();
    }

    // ---- what the drive says

    @Test
    void unevenWearIsToldOnceAnIndexMoves() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            Signal signal = scheduler.newSignal();
            CreationParameters made = Made.of(SHAPE + "&endurance=510&wearThreshold=3");
            BlockStates blocks = Made.blocks(made);
            // All at index 10.
            for (int block = 0; block < 8; block++) {
                blocks.set(block, Condition.FREE, 0, 20);
            }
            NotificationLog log = new NotificationLog(signal);
            WearWatch watch = new WearWatch(made.media(), blocks, log);
            assertThat(log.oldest()).isEqualTo(1);
            assertThat(log.newest()).isZero();
            for (int erases = 21; erases <= 26; erases++) {
                watch.erased(4, erases);
            }
            // Index 13, average 10 3/8: not yet.
            assertThat(log.newest()).isZero();
            watch.erased(4, 27);
            assertThat(log.newest()).isZero();
            watch.erased(4, 28);
            // Index 14, average 10 1/2.
            assertThat(log.newest()).isEqualTo(1);
            assertThat(log.block(1)).isEqualTo(4);
            assertThat(signal.version()).isEqualTo(1);
            watch.erased(4, 29);
            assertThat(log.newest()).isEqualTo(1);
            watch.erased(5, 22);
            assertThat(log.newest()).isEqualTo(1);
            watch.erased(4, 30);
            assertThat(log.newest()).isEqualTo(2);
            assertThat(signal.version()).isEqualTo(2);
        }
    }

    @Test
    void aBlockFarBelowTheAverageIsToldToo() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            CreationParameters made = Made.of(SHAPE + "&endurance=255&wearThreshold=10");
            BlockStates blocks = Made.blocks(made);
            for (int block = 1; block < 8; block++) {
                blocks.set(block, Condition.FREE, 0, 100);
            }
            NotificationLog log = new NotificationLog(scheduler.newSignal());
            new WearWatch(made.media(), blocks, log).erased(0, 1);
            assertThat(log.block(1)).isZero();
        }
    }

    @Test
    void theLogKeepsTheLastEntries() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            NotificationLog log = new NotificationLog(scheduler.newSignal());
            for (int i = 1; i <= NotificationLog.CAPACITY + 3; i++) {
                log.wearOutside(i * 10);
            }
            assertThat(log.oldest()).isEqualTo(4);
            assertThat(log.newest()).isEqualTo(NotificationLog.CAPACITY + 3);
            assertThat(log.block(3)).isEqualTo(-1);
            assertThat(log.block(4)).isEqualTo(40);
            assertThat(log.block(NotificationLog.CAPACITY + 3)).isEqualTo((NotificationLog.CAPACITY + 3) * 10);
        }
    }
}
