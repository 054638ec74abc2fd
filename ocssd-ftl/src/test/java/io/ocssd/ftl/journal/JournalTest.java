package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableSortedMap;
import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.MeddlingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.LifetimeCounters;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the journal of a target promises, one by one. */
final class JournalTest {
    private static final String TINY = "profile=tiny&sectorBytes=512&factoryBad=0";

    @Test
    void everythingIsThereAfterAnOpening() throws Exception {
        try (TestDrive image = TestDrive.create(TINY);
                Scheduler scheduler = Scheduler.real()) {
            LifetimeCounters counters = new LifetimeCounters(1, 2, 3, 4, 5, 6, 7, 8);
            try (JournalRig rig = JournalRig.open(uri(image), scheduler)) {
                rig.journal.countFrom(() -> counters);
                rig.journal.retire(List.of(500, 600), RetireReason.MARKED_BY_HOST);
                rig.journal.retire(List.of(500), RetireReason.ERASE_FAILED);
                rig.journal.beginErase(11);
                rig.journal.beginErase(12);
                rig.journal.endErase(12);
                rig.journal.seal(ImmutableSortedMap.of(13L, new SealedEnd(7, 700, 3), 14L, new SealedEnd(8, 800, 3)));
            }
            try (JournalRig rig = JournalRig.open(uri(image), scheduler)) {
                Journal journal = rig.journal;
                assertThat(journal.retired())
                        .isEqualTo(ImmutableSortedMap.of(
                                500, RetireReason.MARKED_BY_HOST, 600, RetireReason.MARKED_BY_HOST));
                assertThat(journal.isRetired(600)).isTrue();
                assertThat(journal.isRetired(601)).isFalse();
                assertThat(journal.erasing()).contains(11L);
                assertThat(journal.sealedEnd(13)).isEqualTo(new SealedEnd(7, 700, 3));
                assertThat(journal.sealedEnd(14)).isEqualTo(new SealedEnd(8, 800, 3));
                assertThat(journal.sealedEnd(15)).isNull();
                assertThat(journal.counters()).isEqualTo(counters);
                assertThat(journal.gaps()).isZero();
                assertThat(journal.leftovers()).isEmpty();
            }
        }
    }

    @Test
    void whatWasErasedIsForgottenByTheNextCheckpoint() throws Exception {
        try (TestDrive image = TestDrive.create(TINY);
                Scheduler scheduler = Scheduler.real()) {
            try (JournalRig rig = JournalRig.open(uri(image), scheduler)) {
                rig.journal.seal(ImmutableSortedMap.of(11L, new SealedEnd(7, 700, 3)));
                rig.journal.beginErase(11);
                rig.journal.endErase(11);
                assertThat(rig.journal.erasing()).isEmpty();
                assertThat(rig.journal.sealedEnd(11)).isNull();
            }
            try (JournalRig rig = JournalRig.open(uri(image), scheduler)) {
                assertThat(rig.journal.erasing()).containsExactly(11L);
                rig.journal.endErase(11);
                // The first record after an opening begins with a checkpoint.
                rig.journal.beginErase(12);
            }
            try (JournalRig rig = JournalRig.open(uri(image), scheduler)) {
                assertThat(rig.journal.erasing()).containsExactly(12L);
                assertThat(rig.journal.sealedEnd(11)).isNull();
            }
        }
    }

    @Test
    void openingProgramsAndErasesNothing() throws Exception {
        try (FlashDevice device = device(TINY + "&mwCunits=0");
                Scheduler scheduler = Scheduler.real()) {
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            assertThat(device.counters().programmedSectors()).isZero();
            rig.journal.beginErase(1);
            rig.journal.close();
            DeviceCounters before = device.counters();
            for (int i = 0; i < 3; i++) {
                rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                assertThat(rig.journal.erasing()).containsExactly(1L);
                rig.journal.close();
            }
            assertThat(device.counters().programmedSectors()).isEqualTo(before.programmedSectors());
            assertThat(device.counters().erases()).isEqualTo(before.erases());
        }
    }

    @Test
    void blocksOfTheJournalGoRoundAndNoneIsLost() throws Exception {
        for (String shape : JournalProperties.SHAPES) {
            try (FlashDevice device = device(shape);
                    Scheduler scheduler = Scheduler.real()) {
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                int free = rig.freeBlocks();
                for (int i = 0; i < 300; i++) {
                    rig.journal.beginErase(i);
                    rig.journal.endErase(i);
                }
                rig.journal.close();
                assertThat(rig.freeBlocks()).as(shape).isEqualTo(free - 1);
                assertThat(device.report().count(BlockState.FREE)).as(shape).isEqualTo(free - 1);
                assertThat(device.counters().erases()).as(shape).isPositive();
                assertThat(rig.media.openBlocks().open()).as(shape).isZero();
                DeviceCounters counters = device.counters();
                assertThat(counters.programmedBytes(ByteClass.METADATA) + counters.programmedBytes(ByteClass.PADDING))
                        .as(shape)
                        .isEqualTo(
                                counters.programmedSectors() * device.geometry().sectorBytes());
            }
        }
    }

    @Test
    void theFewestBlocksAreEnough() throws Exception {
        for (String shape : JournalProperties.SHAPES) {
            try (FlashDevice device = device(shape);
                    Scheduler scheduler = Scheduler.real()) {
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                rig.leaveFree(Journal.FEWEST_BLOCKS);
                for (int i = 0; i < 100; i++) {
                    rig.journal.beginErase(i);
                    rig.journal.endErase(i);
                }
                rig.journal.close();
                assertThat(rig.freeBlocks()).as(shape).isEqualTo(1);
            }
        }
    }

    @Test
    void onePlaceAmongTheOpenBlocksIsEnough() throws Exception {
        try (FlashDevice device = device("profile=zns-small&sectors=16&sectorBytes=512&factoryBad=0");
                Scheduler scheduler = Scheduler.real()) {
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            int others = rig.media.openBlocks().most() - 1;
            assertThat(rig.media.openBlocks().tryOpen(others)).isTrue();
            for (int i = 0; i < 100; i++) {
                rig.journal.beginErase(i);
                assertThat(device.report().count(BlockState.OPEN)).isLessThanOrEqualTo(1);
            }
            assertThat(rig.media.openBlocks().open()).isEqualTo(others + 1);
            rig.journal.close();
            assertThat(rig.media.openBlocks().open()).isEqualTo(others);
            rig.media.openBlocks().closed(others);
            JournalRig again = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            assertThat(again.journal.erasing()).hasSize(100);
            again.journal.close();
        }
    }

    @Test
    void withoutAPlaceAmongTheOpenBlocksItIsBusy() throws Exception {
        try (FlashDevice device = device("profile=zns-small&factoryBad=0");
                Scheduler scheduler = Scheduler.real()) {
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            assertThat(rig.media.openBlocks().tryOpen(rig.media.openBlocks().most() - 1))
                    .isTrue();
            assertThatThrownBy(() -> Journal.open(
                            rig.media, rig.media.openBlocks(), 8, new NoBlocks(), List.of(), device.report()))
                    .isInstanceOf(BusyException.class);
        }
    }

    @Test
    void manyTasksShareAProgram() throws Exception {
        TestDrive.simulated(3, scheduler -> {
            try (FlashDevice device = Ocssd.openDevice("mem:?profile=small", scheduler)) {
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                rig.journal.beginErase(1000);
                long before = device.counters().programmedSectors();
                List<Task> tasks = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                    long id = i;
                    tasks.add(scheduler.spawn("eraser " + i, () -> rig.journal.beginErase(id)));
                }
                for (Task task : tasks) {
                    task.join();
                }
                long units = (device.counters().programmedSectors() - before)
                        / device.limits().wsMin();
                assertThat(units).as("programs of 50 records").isLessThanOrEqualTo(3);
                rig.journal.close();
            }
            return null;
        });
    }

    /** Virtual time, so the same figure on every machine. */
    @Test
    void rollingStallsNobody() throws Exception {
        TestDrive.simulated(5, scheduler -> {
            String uri = "mem:?profile=small&sectors=512&programNanos=1000000&eraseNanos=50000000&readNanos=1000";
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler)) {
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                rig.journal.beginErase(1000);
                List<Task> tasks = new ArrayList<>();
                long[] longest = {0};
                for (int i = 0; i < 3; i++) {
                    long first = 1000L * i;
                    tasks.add(scheduler.spawn("eraser " + i, () -> {
                        for (long id = first; id < first + 200; id++) {
                            long start = scheduler.nanoTime();
                            rig.journal.beginErase(id);
                            longest[0] = Math.max(longest[0], scheduler.nanoTime() - start);
                        }
                    }));
                }
                for (Task task : tasks) {
                    task.join();
                }
                rig.journal.close();
                assertThat(device.counters().erases()).as("rolls").isGreaterThanOrEqualTo(2);
                // The program that is under way, the one that ends the roll, and one's own.
                assertThat(longest[0]).as("longest wait").isLessThan(3_500_000);
            }
            return null;
        });
    }

    @Test
    void threadsRecordSideBySide() throws Exception {
        for (String shape : JournalProperties.SHAPES) {
            try (FlashDevice device = device(shape);
                    Scheduler scheduler = Scheduler.real()) {
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                List<Task> tasks = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    int first = 1000 * (i + 1);
                    tasks.add(scheduler.spawn("writer " + i, () -> {
                        for (int n = first; n < first + 40; n++) {
                            rig.journal.beginErase(n);
                            if (n % 4 > 0) {
                                rig.journal.endErase(n);
                            }
                        }
                    }));
                }
                for (Task task : tasks) {
                    task.join();
                }
                rig.journal.close();
                JournalRig again = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                for (int i = 0; i < 4; i++) {
                    for (long n = 1000 * (i + 1); n < 1000 * (i + 1) + 40; n += 4) {
                        assertThat(again.journal.erasing()).as(shape).contains(n);
                    }
                }
                again.journal.close();
            }
        }
    }

    @Test
    void failedProgramMovesTheJournalAndRetiresTheBlock() throws Exception {
        failedProgram(NvmeStatus.WRITE_FAULT, true);
    }

    @Test
    void earlyCloseAndALostUnitMoveTheJournalAlone() throws Exception {
        failedProgram(NvmeStatus.CHUNK_EARLY_CLOSE, false);
        failedProgram(NvmeStatus.WRITE_NEXT_UNIT, false);
    }

    private static void failedProgram(int status, boolean retired) throws Exception {
        try (FlashDevice below = device(TINY);
                Scheduler scheduler = Scheduler.real()) {
            MeddlingDevice device = new MeddlingDevice(below);
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            rig.journal.beginErase(1);
            int failing = rig.journal.blocks().get(0);
            int[] failures = {0};
            device.meddle(command -> {
                boolean fails = command.operation() == IoCommand.Operation.WRITE
                        && device.geometry().blockIndex(command.address(0)) == failing
                        && failures[0]++ == 0;
                return fails ? status : 0;
            });
            rig.journal.beginErase(2);
            assertThat(failures[0]).isPositive();
            assertThat(rig.journal.blocks()).hasSize(1).doesNotContain(failing);
            rig.journal.close();
            JournalRig again = JournalRig.open(below, scheduler, JournalRules.STANDARD);
            assertThat(again.journal.erasing()).containsExactly(1L, 2L);
            assertThat(again.journal.isRetired(failing)).isEqualTo(retired);
            again.journal.close();
        }
    }

    @Test
    void aDriveOnWhichEveryProgramFailsIsGivenUp() throws Exception {
        try (FlashDevice below = device(TINY);
                Scheduler scheduler = Scheduler.real()) {
            MeddlingDevice device = new MeddlingDevice(below);
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            device.meddle(
                    command -> command.operation() == IoCommand.Operation.WRITE ? NvmeStatus.CHUNK_EARLY_CLOSE : 0);
            assertThatThrownBy(() -> rig.journal.beginErase(1))
                    .hasMessageContaining("program of the journal")
                    .hasMessageContaining("early close");
            device.meddle(command -> 0);
            rig.journal.beginErase(2);
            rig.journal.close();
            JournalRig again = JournalRig.open(below, scheduler, JournalRules.STANDARD);
            assertThat(again.journal.erasing()).contains(2L);
            again.journal.close();
        }
    }

    @Test
    void withoutAFreeBlockARecordIsRefusedAndTheNextOneMayGoWell() throws Exception {
        try (FlashDevice device = device(TINY);
                Scheduler scheduler = Scheduler.real()) {
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            rig.leaveFree(0);
            assertThatThrownBy(() -> rig.journal.beginErase(1)).isInstanceOf(NoSpaceException.class);
            rig.addFree(3);
            rig.journal.beginErase(2);
            rig.journal.close();
            JournalRig again = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            assertThat(again.journal.erasing()).contains(2L);
            again.journal.close();
        }
    }

    @Test
    void whatDoesNotFitABlockLosesEndsFirstAndIsRefusedThen() throws Exception {
        // 6 KiB a block
        String shape = "channels=1&luns=1&blocks=12&sectors=12&sectorBytes=512&wsMin=1&wsOpt=1&mwCunits=0&factoryBad=0";
        try (FlashDevice device = device(shape);
                Scheduler scheduler = Scheduler.real()) {
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            for (int i = 0; i < 100; i++) {
                rig.journal.seal(ImmutableSortedMap.of(1000L + i, new SealedEnd(i, i, 3)));
            }
            for (int i = 0; i < 800; i++) {
                rig.journal.retire(List.of(1000 + i), RetireReason.ERASE_FAILED);
            }
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 800; i++) {
                            rig.journal.retire(List.of(2000 + i), RetireReason.ERASE_FAILED);
                        }
                    })
                    .isInstanceOf(NoSpaceException.class)
                    .hasMessageContaining("retired blocks");
            rig.journal.close();
            JournalRig again = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            assertThat(again.journal.retired().keySet()).hasSizeGreaterThanOrEqualTo(800);
            again.journal.close();
        }
    }

    @Test
    void aClosedJournalRecordsNoMore() throws Exception {
        try (FlashDevice device = device(TINY);
                Scheduler scheduler = Scheduler.real()) {
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            rig.journal.close();
            rig.journal.close();
            assertThatThrownBy(() -> rig.journal.beginErase(1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
            assertThat(rig.media.openBlocks().open()).isZero();
        }
    }

    private static FlashDevice device(String shape) throws Exception {
        return Ocssd.openDevice("mem:?" + shape, Scheduler.real());
    }

    private static String uri(TestDrive image) {
        return "emu:" + image.file();
    }

    /** Has none. */
    private static final class NoBlocks implements JournalBlocks {
        @Override
        public int take(int besideBlock) throws NoSpaceException {
            throw new NoSpaceException("no block is free", "");
        }

        @Override
        public void lost(int block) {
            throw new AssertionError(block);
        }

        @Override
        public void giveBack(int block, boolean erased) {
            throw new AssertionError("nothing was taken");
        }
    }
}
