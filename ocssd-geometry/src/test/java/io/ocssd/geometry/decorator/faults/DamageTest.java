package io.ocssd.geometry.decorator.faults;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.BusyException;
import io.ocssd.error.CorruptException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is broken stays broken: when the device is opened again, after power cuts, in a file. */
final class DamageTest {
    @TempDir
    Path directory;

    private String create(String name) throws Exception {
        String uri = "emu:" + directory.resolve(name);
        Ocssd.create(uri + "?" + TestDrive.SHAPE);
        return uri;
    }

    @Test
    void damageOutlastsTheDevice() throws Exception {
        String uri = create("drive.img");
        try (Scheduler scheduler = Scheduler.real()) {
            Faults faults = Faults.of(
                    1,
                    Fault.parse("early-close group=0 punit=0 chunk=0 sectr=3"),
                    Fault.parse("reset-fail group=0 punit=0 chunk=1"),
                    Fault.parse("next-unit group=0 punit=0 chunk=2 sectr=2"));
            try (TestDrive drive =
                    new TestDrive(new FaultyDevice(Ocssd.openDevice(uri, scheduler), faults, scheduler))) {
                drive.write(drive.ppa(0, 0, 0), 4);
                drive.fill(drive.ppa(0, 1, 0));
                drive.erase(drive.ppa(0, 1, 0));
                drive.write(drive.ppa(0, 2, 0), 4);
            }
            faults.disarmAll();
            try (TestDrive drive =
                    new TestDrive(new FaultyDevice(Ocssd.openDevice(uri, scheduler), faults, scheduler))) {
                assertThat(drive.state(drive.ppa(0, 0, 0))).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(drive.ppa(0, 0, 0))).isEqualTo(3);
                assertThat(drive.read(drive.ppa(0, 0, 2), 2)).isEqualTo(Answer.failed(0x287, 1, 2));
                assertThat(drive.erase(drive.ppa(0, 1, 0))).isEqualTo(Answer.failed(0x2C0, 0, 1));
                drive.fill(drive.ppa(0, 2, 0));
                assertThat(drive.read(drive.ppa(0, 2, 1), 3)).isEqualTo(Answer.failed(0x281, 1, 3));
            }
        }
    }

    /** The early close has taken effect, its block is being made full below, nobody was told: and power goes. */
    @Test
    void aPowerCutWhileABlockIsClosedLeavesItClosed() throws Exception {
        for (int command = 1; command <= 4; command++) {
            String uri = create("cut" + command + ".img");
            int cut = command;
            Faults faults = Faults.of(1, Fault.earlyClose().sectors(5, 5));
            try (Scheduler scheduler = Scheduler.real()) {
                TestDrive drive = new TestDrive(new FaultyDevice(
                        Ocssd.openDevice(uri + "?cutSeed=3&cut=" + cut, scheduler), faults, scheduler));
                long block = drive.ppa(0, 0, 0);
                Answer last = null;
                try {
                    assertThat(drive.write(block, 4)).isEqualTo(Answer.SUCCESS);
                    last = drive.write(block + 4, 4);
                    drive.read(block);
                } catch (GoneException e) {
                    assertThat(e).hasMessageContaining("power was cut at command " + cut);
                }
                drive.close();
                try (TestDrive again =
                        new TestDrive(new FaultyDevice(Ocssd.openDevice(uri, scheduler), faults, scheduler))) {
                    boolean closed = !faults.damage().isEmpty();
                    assertThat(closed).as("cut=" + cut).isEqualTo(cut >= 3);
                    if (last != null) {
                        assertThat(closed).as("cut=" + cut).isTrue();
                    }
                    if (closed) {
                        assertThat(again.state(block)).isEqualTo(BlockState.CLOSED);
                        assertThat(again.writePointer(block)).isEqualTo(5);
                        assertThat(again.read(block, 6)).isEqualTo(Answer.failed(0x287, 5, 6));
                        again.assertData(4, block + 4);
                        assertThat(again.device.counters().commands()).isOne();
                        assertThat(again.device.counters().programmedSectors()).isZero();
                        assertThat(again.erase(block)).isEqualTo(Answer.SUCCESS);
                    } else {
                        assertThat(again.state(block)).isIn(BlockState.FREE, BlockState.OPEN, BlockState.CLOSED);
                    }
                }
            }
        }
    }

    @Test
    void anEraseThatNobodyWasToldOfMendsItsBlock() throws Exception {
        String uri = create("drive.img");
        Faults faults = Faults.of(1, Fault.earlyClose().nth(1));
        try (Scheduler scheduler = Scheduler.real()) {
            long block = 0;
            try (TestDrive drive =
                    new TestDrive(new FaultyDevice(Ocssd.openDevice(uri, scheduler), faults, scheduler))) {
                assertThat(drive.write(block, 4)).isEqualTo(Answer.failed(0x2F1, 0, 4));
            }
            try (TestDrive drive = new TestDrive(Ocssd.openDevice(uri, scheduler))) {
                assertThat(drive.erase(block)).as("behind the plan's back").isEqualTo(Answer.SUCCESS);
            }
            try (TestDrive drive =
                    new TestDrive(new FaultyDevice(Ocssd.openDevice(uri, scheduler), faults, scheduler))) {
                assertThat(drive.state(block)).isEqualTo(BlockState.FREE);
                assertThat(faults.damage()).isEmpty();
                assertThat(drive.write(block, 4)).isEqualTo(Answer.SUCCESS);
            }
        }
    }

    private String decorated(String uri, String more) {
        return "faults+" + uri + "?faults.damage=" + directory.resolve("damage") + more;
    }

    @Test
    void damageOutlastsTheProcessInAFile() throws Exception {
        String uri = create("drive.img");
        inBothTimes(scheduler -> {
            Files.deleteIfExists(directory.resolve("damage"));
            Files.deleteIfExists(directory.resolve("drive.img"));
            create("drive.img");
            String rules = "&faults.rules=early-close,punit=0,chunk=0,sectr=3;reset-fail,chunk=1;"
                    + "next-unit,chunk=2,sectr=2;next-unit,chunk=3,nth=1;dead,group=1,punit=1";
            try (TestDrive drive = new TestDrive(Ocssd.openDevice(decorated(uri, rules), scheduler))) {
                drive.write(drive.ppa(0, 0, 0), 4);
                drive.fill(drive.ppa(0, 1, 0));
                drive.erase(drive.ppa(0, 1, 0));
                drive.write(drive.ppa(0, 2, 0), 4);
                drive.write(drive.ppa(0, 3, 0), 24);
                drive.fill(drive.ppa(0, 3, 0));
                assertThat(drive.erase(drive.ppa(0, 3, 0))).isEqualTo(Answer.SUCCESS);
            }
            try (TestDrive drive = new TestDrive(Ocssd.openDevice(decorated(uri, ""), scheduler))) {
                assertThat(drive.writePointer(drive.ppa(0, 0, 0))).isEqualTo(3);
                assertThat(drive.erase(drive.ppa(0, 1, 0))).isEqualTo(Answer.failed(0x2C0, 0, 1));
                drive.fill(drive.ppa(0, 2, 0));
                assertThat(drive.read(drive.ppa(0, 2, 1), 3)).isEqualTo(Answer.failed(0x281, 1, 3));
                assertThat(drive.state(drive.ppa(0, 3, 0))).isEqualTo(BlockState.FREE);
                assertThat(drive.state(drive.ppa(3, 3, 0))).isEqualTo(BlockState.OFFLINE);
                assertThat(drive.erase(drive.ppa(0, 0, 0))).isEqualTo(Answer.SUCCESS);
            }
            try (TestDrive drive = new TestDrive(Ocssd.openDevice(decorated(uri, ""), scheduler))) {
                assertThat(drive.state(drive.ppa(0, 0, 0))).isEqualTo(BlockState.FREE);
                assertThat(drive.device.info().uri())
                        .isEqualTo("faults+emu:" + directory.resolve("drive.img") + "?faults.damage="
                                + directory.resolve("damage"));
            }
        });
    }

    @Test
    void mendingOutlastsTheProcessToo() throws Exception {
        Path file = directory.resolve("damage");
        try (Scheduler scheduler = Scheduler.real()) {
            try (Faults faults = Faults.of(1, Fault.dead().lun(0, 0).nth(1))) {
                faults.keepDamageIn(file);
                try (TestDrive drive = new TestDrive(
                        new FaultyDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), faults, scheduler))) {
                    drive.write(0, 2);
                    assertThat(faults.damage()).hasSize(6);
                    faults.mend();
                    assertThat(faults.damage()).isEmpty();
                }
            }
            try (Faults faults = new Faults(1)) {
                faults.keepDamageIn(file);
                new FaultyDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), faults, scheduler).close();
                assertThat(faults.damage()).isEmpty();
                assertThatThrownBy(() -> faults.keepDamageIn(file)).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    /** Cut anywhere, a file gives the damage of the records that are whole. */
    @Test
    void aTornFileIsReadAsFarAsItGoes() throws Exception {
        Path file = directory.resolve("damage");
        int blocks = 6;
        try (Scheduler scheduler = Scheduler.real()) {
            try (Faults faults = Faults.of(1, Fault.earlyClose().sectors(2, 2))) {
                faults.keepDamageIn(file);
                try (TestDrive drive = new TestDrive(
                        new FaultyDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), faults, scheduler))) {
                    for (int block = 0; block < blocks; block++) {
                        drive.write(drive.ppa(0, block, 0), 4);
                    }
                }
            }
            FlashDevice drive = TestDrive.memory(TestDrive.SHAPE, scheduler);
            byte[] whole = Files.readAllBytes(file);
            int before = 0;
            for (int length = 0; length <= whole.length; length++) {
                for (byte[] torn : new byte[][] {Arrays.copyOf(whole, length), zeros(whole, length)}) {
                    Files.write(file, torn);
                    if (length > 0 && length < 16) {
                        int cut = length;
                        assertThatThrownBy(() -> damageIn(file, drive))
                                .as("length=" + cut)
                                .isInstanceOfAny(NotRecognisedException.class, CorruptException.class);
                        continue;
                    }
                    int found = length == 0 ? 0 : damageIn(file, drive);
                    assertThat(found).as("length=" + length).isBetween(before, blocks);
                    before = found;
                }
            }
            assertThat(before).isEqualTo(blocks);
        }
    }

    private static byte[] zeros(byte[] whole, int from) {
        byte[] torn = whole.clone();
        Arrays.fill(torn, from, torn.length, (byte) 0);
        return torn;
    }

    private static int damageIn(Path file, FlashDevice drive) throws Exception {
        try (Faults faults = new Faults(1)) {
            faults.keepDamageIn(file);
            faults.meet(drive.geometry(), drive.info().serial());
            return faults.damage().size();
        }
    }

    @Test
    void aDamagedFileIsRefused() throws Exception {
        Path file = directory.resolve("damage");
        try (Scheduler scheduler = Scheduler.real()) {
            FlashDevice drive = TestDrive.memory(TestDrive.SHAPE, scheduler);
            damageIn(file, drive);
            damageIn(file, drive);
            byte[] whole = Files.readAllBytes(file);
            for (int at = 0; at < whole.length; at++) {
                byte[] wrong = whole.clone();
                wrong[at] ^= 0x10;
                Files.write(file, wrong);
                if (at >= whole.length - 1) {
                    // The last record's payload: as good as torn.
                    assertThat(damageIn(file, drive)).isZero();
                } else if (at < whole.length - 5) {
                    assertThatThrownBy(() -> damageIn(file, drive))
                            .as("at=" + at)
                            .isInstanceOfAny(CorruptException.class, NotRecognisedException.class)
                            .hasMessageContaining(file.toString());
                    assertThat(Files.readAllBytes(file)).as("unchanged").isEqualTo(wrong);
                }
            }
        }
    }

    @Test
    void aFileOfAnotherKindOrDriveIsRefusedAndLeftAlone() throws Exception {
        Path file = Files.writeString(directory.resolve("damage"), "this is no damage file");
        String uri = create("drive.img");
        try (Scheduler scheduler = Scheduler.real()) {
            assertThatThrownBy(() -> Ocssd.openDevice(decorated(uri, ""), scheduler))
                    .isInstanceOf(NotRecognisedException.class)
                    .hasMessageContaining(file + " is no damage file");
            assertThat(file).hasContent("this is no damage file");
            Files.delete(file);
            Ocssd.openDevice(decorated(uri, ""), scheduler).close();
            String other = "emu:" + directory.resolve("other.img");
            Ocssd.create(other + "?" + TestDrive.SHAPE + "&serial=another");
            assertThatThrownBy(() -> Ocssd.openDevice(decorated(other, ""), scheduler))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("is about drive \"")
                    .hasMessageContaining("and this is drive \"another\" of 2 x 2 LUNs x 6 blocks x 24 sectors;");
            // Nothing tells one drive of a serial number from another.
            String twin = "emu:" + directory.resolve("twin.img");
            Ocssd.create(twin + "?" + TestDrive.SHAPE.replace("channels=2", "channels=1"));
            assertThatThrownBy(() -> Ocssd.openDevice(decorated(twin, ""), scheduler))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageEndingWith(
                            "give each drive a file of its own, and a drive that is made anew a new one; drives"
                                    + " of one serial number and shape can't be told apart");
            // Nothing was left open by that.
            Ocssd.openDevice(other, scheduler).close();
        }
    }

    @Test
    void oneDeviceAtATimeKeepsItsDamageInAFile() throws Exception {
        String uri = create("drive.img");
        try (Scheduler scheduler = Scheduler.real()) {
            try (var first = Ocssd.openDevice(decorated("mem:", "&" + TestDrive.SHAPE), scheduler)) {
                assertThat(first.geometry().luns()).isEqualTo(4);
                assertThatThrownBy(() -> Ocssd.openDevice(decorated(uri, ""), scheduler))
                        .isInstanceOf(BusyException.class);
            }
            String nowhere = "faults+" + uri + "?faults.damage=" + directory.resolve("no/such/folder");
            assertThatThrownBy(() -> Ocssd.openDevice(nowhere, scheduler)).isInstanceOf(NotFoundException.class);
        }
    }
}
