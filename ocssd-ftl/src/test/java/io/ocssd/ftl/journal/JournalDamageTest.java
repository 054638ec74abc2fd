package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.CorruptException;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is left of a journal when the media changes bits behind its back: all but the frame that was hit. */
final class JournalDamageTest {
    private static final String SHAPE =
            "channels=1&luns=1&blocks=12&sectors=40&sectorBytes=512&wsMin=2&wsOpt=2&mwCunits=0&factoryBad=0";
    private static final int RECORDS = 6;

    private final Scheduler scheduler = Scheduler.real();

    @Test
    void aFlippedBitInAnyUnitCostsNoMoreThanItsFrame() throws Exception {
        try (FlashDevice device = newDevice(SHAPE)) {
            List<byte[]> units = journalOfSixRecords(device);
            int block = theBlock(device);
            for (int unit = 0; unit < units.size(); unit++) {
                for (int at = 0; at < units.get(unit).length; at += 7) {
                    List<byte[]> damaged = copy(units);
                    damaged.get(unit)[at] ^= (byte) (1 << at % 8);
                    rewrite(device, block, damaged);
                    check(device, unit, "unit " + unit + ", byte " + at);
                }
            }
        }
    }

    @Test
    void aUnitThatCantBeReadCostsNoMoreThanItsFrame() throws Exception {
        try (FlashDevice device = newDevice(SHAPE)) {
            List<byte[]> units = journalOfSixRecords(device);
            int block = theBlock(device);
            for (int unit = 0; unit < units.size(); unit++) {
                rewrite(device, block, units);
                try (FlashDevice faulty = Ocssd.openDevice(
                        "faults+mem:?" + SHAPE + "&faults.rules=unreadable,chunk=" + block + ",sectr=" + (2 * unit + 1),
                        scheduler)) {
                    rewrite(faulty, block, units);
                    check(faulty, unit, "unit " + unit);
                }
            }
        }
    }

    @Test
    void aCutInAnyUnitCostsWhatIsBehindIt() throws Exception {
        try (FlashDevice device = newDevice(SHAPE)) {
            List<byte[]> units = journalOfSixRecords(device);
            int block = theBlock(device);
            for (int length = 0; length <= units.size(); length++) {
                rewrite(device, block, units.subList(0, length));
                JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
                Set<Long> expected = new TreeSet<>();
                for (long id = 1; id < length; id++) {
                    expected.add(id);
                }
                assertThat(rig.journal.erasing()).as("%d units", length).isEqualTo(expected);
                assertThat(rig.journal.gaps()).isZero();
                rig.journal.close();
            }
        }
    }

    @Test
    void unitsInTheWrongOrderAreRefused() throws Exception {
        try (FlashDevice device = newDevice(SHAPE)) {
            List<byte[]> units = journalOfSixRecords(device);
            int block = theBlock(device);
            List<byte[]> swapped = copy(units);
            swapped.set(3, units.get(4));
            swapped.set(4, units.get(3));
            rewrite(device, block, swapped);
            JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
            assertThat(rig.journal.erasing()).containsExactly(1L, 2L, 5L, 6L);
            assertThat(rig.journal.gaps()).isEqualTo(1);
            rig.journal.close();
        }
    }

    @Test
    void theJournalOfAnotherDriveIsRefused() throws Exception {
        try (FlashDevice device = newDevice(SHAPE);
                FlashDevice other = newDevice(SHAPE + "&serial=another")) {
            List<byte[]> units = journalOfSixRecords(device);
            rewrite(other, theBlock(device), units);
            assertThatThrownBy(() -> JournalRig.open(other, scheduler, JournalRules.STANDARD))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("another drive");
        }
    }

    @Test
    void theJournalOfAnotherTargetIsALeftover() throws Exception {
        try (FlashDevice device = newDevice(SHAPE)) {
            journalOfSixRecords(device);
            Media media = new Media(device, scheduler);
            int block = theBlock(device);
            Journal journal = Journal.open(
                    media, media.openBlocks(), JournalRig.TARGET + 1, new NoBlocks(), List.of(block), device.report());
            assertThat(journal.leftovers()).containsExactly(block);
            assertThat(journal.blocks()).isEmpty();
            assertThat(journal.erasing()).isEmpty();
            journal.close();
        }
    }

    @Test
    void oldAndUnfinishedJournalsAreLeftovers() throws Exception {
        try (FlashDevice device = newDevice(SHAPE)) {
            List<byte[]> units = journalOfSixRecords(device);
            int current = theBlock(device);
            Media media = new Media(device, scheduler);
            writeHeader(media, 8, 0);
            writeHeader(media, 9, 100);
            writeHeader(media, 10, 100);
            Journal journal = Journal.open(
                    media,
                    media.openBlocks(),
                    JournalRig.TARGET,
                    new NoBlocks(),
                    List.of(current, 8, 9, 10),
                    device.report());
            assertThat(journal.leftovers()).containsExactlyInAnyOrder(8, 9, 10);
            assertThat(journal.blocks()).containsExactly(current);
            assertThat(journal.erasing()).hasSize(units.size() - 1);
            journal.close();
        }
    }

    /** Header, then one unit for each record, the first of them with the checkpoint; never rolled. */
    private List<byte[]> journalOfSixRecords(FlashDevice device) throws IOException {
        JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
        for (long id = 1; id <= RECORDS; id++) {
            rig.journal.beginErase(id);
        }
        int block = rig.journal.blocks().get(0);
        List<byte[]> units = new ArrayList<>();
        MediaPath path = rig.media.borrow();
        for (int i = 0; i <= RECORDS; i++) {
            UnitReader.read(rig.media, path, rig.media.geometry().blockPpa(block) + 2L * i, 1);
            byte[] unit = new byte[rig.media.unitBytes()];
            path.buffer().bytes().clear().get(unit);
            units.add(unit);
        }
        rig.media.giveBack(path);
        rig.journal.close();
        return units;
    }

    private static int theBlock(FlashDevice device) throws IOException {
        for (int block = 0; block < device.geometry().blocks(); block++) {
            if (device.report().state(block) != BlockState.FREE) {
                return block;
            }
        }
        throw new AssertionError("no block is in use");
    }

    private static List<byte[]> copy(List<byte[]> units) {
        List<byte[]> copy = new ArrayList<>();
        units.forEach(unit -> copy.add(unit.clone()));
        return copy;
    }

    /** Makes these units all there is on the drive. */
    private void rewrite(FlashDevice device, int block, List<byte[]> units) throws IOException {
        Media media = new Media(device, scheduler);
        BlockReleaser releaser = new BlockReleaser(media);
        for (int each = 0; each < device.geometry().blocks(); each++) {
            releaser.release(each);
        }
        MediaPath path = media.borrow();
        for (int i = 0; i < units.size(); i++) {
            path.buffer().bytes().clear().put(units.get(i));
            path.command().write(path.buffer(), 0).addRun(device.geometry().blockPpa(block) + 2L * i, 2);
            path.submit((tag, status, failed) -> assertThat(status).isZero());
            path.drain((tag, status, failed) -> assertThat(status).isZero());
        }
        media.giveBack(path);
    }

    /** Only the record of one unit may be missing; the checkpoint is in the first. */
    private void check(FlashDevice device, int damagedUnit, String what) throws IOException {
        JournalRig rig = JournalRig.open(device, scheduler, JournalRules.STANDARD);
        for (long id = 1; id <= RECORDS; id++) {
            if (id != damagedUnit) {
                assertThat(rig.journal.erasing()).as(what).contains(id);
            }
        }
        assertThat(rig.journal.erasing()).as(what).isSubsetOf(1L, 2L, 3L, 4L, 5L, 6L);
        rig.journal.close();
    }

    private static void writeHeader(Media media, int block, long sequence) throws IOException {
        MediaPath path = media.borrow();
        JournalHeaderLayout.encode(
                path.buffer().bytes().clear(),
                media.unitBytes(),
                new JournalHeader(media.driveId(), JournalRig.TARGET, block, sequence),
                new Checksum(media.scheduler()));
        path.command().write(path.buffer(), 0).addRun(media.geometry().blockPpa(block), 2);
        path.submit((tag, status, failed) -> assertThat(status).isZero());
        path.drain((tag, status, failed) -> assertThat(status).isZero());
        media.giveBack(path);
    }

    private FlashDevice newDevice(String shape) throws IOException {
        return Ocssd.openDevice("mem:?" + shape, scheduler);
    }

    /** Has none. */
    private static final class NoBlocks implements JournalBlocks {
        @Override
        public int take(int besideBlock) {
            throw new AssertionError("nothing is recorded");
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
