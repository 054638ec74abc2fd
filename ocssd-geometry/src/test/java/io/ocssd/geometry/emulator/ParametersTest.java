package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the URIs of emulated drives can say, and the sentences for what they can't. */
final class ParametersTest {
    @TempDir
    Path directory;

    private final Scheduler real = Scheduler.real();

    @Test
    void profiles() throws Exception {
        assertDrive("mem:", new Geometry(4, 2, 64, 256, 4096, 16), new Limits(4, 8, 24, 0), 6);
        assertDrive("mem:?profile=small", new Geometry(4, 2, 64, 256, 4096, 16), new Limits(4, 8, 24, 0), 6);
        assertDrive("mem:?profile=qemu", new Geometry(2, 4, 60, 4096, 4096, 16), new Limits(4, 8, 24, 0), 0);
        assertDrive("mem:?profile=tiny", new Geometry(2, 2, 16, 32, 4096, 16), new Limits(2, 4, 8, 0), 2);
    }

    @Test
    void theModelOfQemuIsAsItIsByDefault() throws Exception {
        try (FlashDevice device = Ocssd.openDevice("mem:?profile=qemu&payload=off", real)) {
            ByteBuffer page = device.admin().geometryPage();
            assertThat(page.getInt(16)).as("mccap").isEqualTo(0x5);
            assertThat(page.get(32)).as("wit").isEqualTo((byte) 10);
            assertThat(device.capabilities()).isEqualTo(new Capabilities(false, true, false, true));
        }
    }

    @Test
    void thePageOfAZonedDriveCountsClosedZonesAmongTheOpenOnes() throws Exception {
        try (FlashDevice device = Ocssd.openDevice("mem:?profile=zns-small&wearThreshold=20&payload=off", real)) {
            ByteBuffer page = device.admin().geometryPage();
            assertThat(page.getInt(140)).as("maxoc").isEqualTo(6);
            assertThat(page.get(32)).as("wit").isEqualTo((byte) 20);
        }
    }

    @Test
    void zones() throws Exception {
        assertDrive("mem:?profile=zns-small", new Geometry(1, 1, 16, 768, 4096, 0), new Limits(1, 8, 0, 4, 0, 6), 0);
        try (FlashDevice device = Ocssd.openDevice("mem:?profile=zns-small", real)) {
            assertThat(device.capabilities()).isEqualTo(Capabilities.ZONED);
        }
        try (FlashDevice device = Ocssd.openDevice("mem:?channels=1&luns=1&zoned=on&copy=on", real)) {
            assertThat(device.capabilities()).isEqualTo(new Capabilities(true, true, true, true));
        }
    }

    @Test
    void whatADriveCanDoAndKeeps() throws Exception {
        try (FlashDevice device = Ocssd.openDevice("mem:", real)) {
            assertThat(device.capabilities()).isEqualTo(Capabilities.NONE);
            assertThat(device.durability()).isEqualTo(DurabilityClass.PROTECTED);
        }
        try (FlashDevice device = Ocssd.openDevice("mem:?copy=on&eraseOpen=on&class=volatile-pairs", real)) {
            assertThat(device.capabilities()).isEqualTo(new Capabilities(false, true, false, true));
            assertThat(device.durability()).isEqualTo(DurabilityClass.VOLATILE_PAIRS);
        }
        try (FlashDevice device = Ocssd.openDevice("mem:?eraseFree=on&maxOpen=8&maxOpenPerLun=2", real)) {
            assertThat(device.capabilities()).isEqualTo(new Capabilities(false, false, true, false));
            assertThat(device.limits()).isEqualTo(new Limits(4, 8, 24, 8, 2, 0));
        }
    }

    @Test
    void everyFigureCanBeOverridden() throws Exception {
        assertDrive(
                "mem:?profile=tiny&channels=3&luns=1&blocks=40&sectors=36&sectorBytes=512&oobBytes=8&wsMin=3&wsOpt=6"
                        + "&mwCunits=9&maxOpen=7&factoryBad=11",
                new Geometry(3, 1, 40, 36, 512, 8),
                new Limits(3, 6, 9, 7),
                11);
    }

    private void assertDrive(String uri, Geometry geometry, Limits limits, int bad) throws Exception {
        try (FlashDevice device = Ocssd.openDevice(uri, real)) {
            assertThat(device.geometry()).isEqualTo(geometry);
            assertThat(device.limits()).isEqualTo(limits);
            assertThat(device.report().count(BlockState.OFFLINE)).isEqualTo(bad);
        }
    }

    @Test
    void factoryBadBlocksNeverTakeMoreThanAnEighthOfALun() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            // The most there can be: one of the eight blocks of each LUN.
            try (FlashDevice device = Ocssd.openDevice("mem:?profile=tiny&blocks=8&factoryBad=4&seed=" + seed, real)) {
                for (int lun = 0; lun < 4; lun++) {
                    assertThat(badOfLun(device.report(), lun))
                            .as("seed=" + seed)
                            .isEqualTo(1);
                }
            }
        }
        assertThatThrownBy(() -> Ocssd.openDevice("mem:?profile=tiny&blocks=8&factoryBad=5", real))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("factoryBad=5")
                .hasMessageContaining("0 to 4");
        try (FlashDevice device = Ocssd.openDevice("mem:?blocks=4", real)) {
            assertThat(device.report().count(BlockState.OFFLINE))
                    .as("at least four good ones a LUN")
                    .isZero();
        }
    }

    private static int badOfLun(BlockReport report, int lun) {
        int bad = 0;
        int blocks = report.geometry().blocksPerLun();
        for (int block = lun * blocks; block < (lun + 1) * blocks; block++) {
            bad += report.state(block) == BlockState.OFFLINE ? 1 : 0;
        }
        return bad;
    }

    @Test
    void theSeedPlacesBadBlocksAndMakesTheSerial() throws Exception {
        try (FlashDevice a = Ocssd.openDevice("mem:?seed=1", real);
                FlashDevice again = Ocssd.openDevice("mem:?seed=1", real);
                FlashDevice b = Ocssd.openDevice("mem:?seed=2", real);
                FlashDevice named = Ocssd.openDevice("mem:?seed=2&serial=ABC-1", real)) {
            assertThat(a.info().serial())
                    .isEqualTo(again.info().serial())
                    .isNotEqualTo(b.info().serial());
            assertThat(bad(a)).isEqualTo(bad(again)).isNotEqualTo(bad(b));
            assertThat(named.info().serial()).isEqualTo("ABC-1");
        }
    }

    private static String bad(FlashDevice device) throws Exception {
        StringBuilder blocks = new StringBuilder();
        BlockReport report = device.report();
        for (int block = 0; block < device.geometry().blocks(); block++) {
            blocks.append(report.state(block) == BlockState.OFFLINE ? block + " " : "");
        }
        return blocks.toString();
    }

    @Test
    void everyProfileIsADriveAndSaysWhatItIs() throws Exception {
        assertThat(DriveProfile.all())
                .extracting(DriveProfile::name)
                .containsExactly("small", "qemu", "tiny", "zns-small", "cnex", "westlake", "tlc", "qlc", "z-nand");
        for (DriveProfile profile : DriveProfile.all()) {
            try (FlashDevice device =
                    Ocssd.openDevice("mem:?profile=" + profile.name() + "&payload=off", Scheduler.simulated(1))) {
                assertThat(device.geometry()).as(profile.name()).isEqualTo(profile.geometry());
                assertThat(device.limits()).as(profile.name()).isEqualTo(profile.limits());
                assertThat(device.timings())
                        .as(profile.name())
                        .isEqualTo(profile.timing().summary());
                assertThat(profile.sentence()).doesNotEndWith(".").hasSizeBetween(20, 120);
            }
        }
    }

    @Test
    void drivesThatAreKnownHaveTheShapeThatIsKnown() throws Exception {
        assertDrive(
                "mem:?profile=cnex&payload=off",
                new Geometry(8, 4, 1474, 6144, 4096, 16),
                new Limits(24, 24, 192, 0),
                0);
        assertDrive(
                "mem:?profile=westlake&payload=off",
                new Geometry(16, 8, 1067, 4096, 4096, 16),
                new Limits(4, 16, 128, 0),
                0);
    }

    @ParameterizedTest
    @CsvSource({
        "profile=westlake, 56000, 1160000, 3000000",
        "timings=westlake, 56000, 1160000, 3000000",
        "profile=westlake&timings=small, 70000, 900000, 3000000",
        "profile=westlake&readNanos=5, 5, 1160000, 3000000",
        "timings=qlc&eraseNanos=0, 120000, 8500000, 0",
        "timings=planar-tlc, 80000, 2926500, 3000000",
        "timings=planar-qlc&suspend=all&cacheRead=on&cacheProgram=on, 110344, 4841056, 3000000",
        "timings=z-nand&suspend=off, 3000, 100000, 1000000"
    })
    void timingsAreThoseOfTheProfileOfAnotherOrGiven(String parameters, long read, long program, long erase)
            throws Exception {
        try (FlashDevice device = Ocssd.openDevice("mem:?payload=off&" + parameters, Scheduler.simulated(1))) {
            assertThat(device.timings().readNanos()).isEqualTo(read);
            assertThat(device.timings().programNanos()).isEqualTo(program);
            assertThat(device.timings().eraseNanos()).isEqualTo(erase);
        }
    }

    @Test
    void timingDefaultsToTheKindOfTime() throws Exception {
        try (FlashDevice device = Ocssd.openDevice("mem:", real)) {
            assertThat(device.timings()).isEqualTo(Timings.NONE);
        }
        try (FlashDevice device = Ocssd.openDevice("mem:", Scheduler.simulated(1))) {
            assertThat(device.timings()).isEqualTo(new Timings(70_000, 900_000, 3_000_000));
        }
        try (FlashDevice device = Ocssd.openDevice("mem:?timing=off", Scheduler.simulated(1))) {
            assertThat(device.timings()).isEqualTo(Timings.NONE);
        }
        try (FlashDevice device =
                Ocssd.openDevice("mem:?timing=on&readNanos=1&programNanos=2&eraseNanos=3&clock=real", real)) {
            assertThat(device.timings()).isEqualTo(new Timings(1, 2, 3));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mem:?luns=x          | luns=x is not possible; possible: a whole number from 1 to 256",
                "mem:?channels=0      | channels=0 is not possible; possible: a whole number from 1 to 256",
                "mem:?sectorBytes=1000| sectorBytes=1000",
                "mem:?oobBytes=65     | oobBytes=65",
                "mem:?wsMin=3         | sectors=256 is no multiple of wsMin=3",
                "mem:?wsOpt=6         | wsOpt=6",
                "mem:?profile=huge    | profile=huge is not possible; possible: small, qemu, tiny, zns-small, cnex",
                "mem:?timing=maybe    | timing=maybe is not possible; possible: on, off",
                "mem:?timings=slow    | timings=slow is not possible; possible: small, qemu, tiny, zns-small, cnex",
                "mem:?suspend=on      | suspend=on is not possible; possible: off, high, all",
                "mem:?cacheRead=1     | cacheRead=1 is not possible; possible: on, off",
                "mem:?cacheProgram=1  | cacheProgram=1 is not possible; possible: on, off",
                "mem:?readNanos=-1    | readNanos=-1 is not possible",
                "mem:?cut=0           | cut=0 is not possible",
                "mem:?cutAt=now       | cutAt=now is not possible; possible: before, inside, after",
                "mem:?cutLoss=none    | cutLoss=none is not possible; possible: random, all, blocks, both",
                "mem:?cutAt=after     | cutAt=after has no effect without cut=",
                "mem:?cutLoss=all     | cutLoss=all has no effect without cut=",
                "mem:?cutSeed=5       | cutSeed=5 has no effect without cut=",
                "mem:?space=return    | space=return is not possible: there is no file",
                "mem:?copy=maybe      | copy=maybe is not possible; possible: on, off",
                "mem:?zoned=on        | channels=1 and luns=1; they are 4 and 2",
                "mem:?profile=zns-small&luns=2 | channels=1 and luns=1; they are 1 and 2",
                "mem:?profile=zns-small&maxOpenPerLun=1 | a zoned drive has one LUN",
                "mem:?profile=zns-small&randomBlocks=1 | every zone is written in order",
                "mem:?profile=zns-small&eraseFree=off | eraseFree and eraseOpen can't be off",
                "mem:?profile=zns-small&maxOpen=7 | maxActive=6 is below maxOpen=7",
                "mem:?maxActive=6     | only a zoned drive",
                "mem:?class=none      | class=none is not possible; possible: protected, volatile-pairs",
                "mem:?payload=no      | payload=no is not possible; possible: on, off",
                "mem:?randomBlocks=65 | randomBlocks=65 is not possible; possible: a whole number from 0 to 64",
                "mem:?shortBlocks=225 | shortBlocks=225 is not possible; possible: a whole number from 0 to 224",
                "mem:?wsMin=64&wsOpt=64&sectors=64&shortBlocks=1 | shortBlocks=1 is not possible; possible: a whole number from 0 to 0",
                "mem:?endurance=-1    | endurance=-1",
                "mem:?wearThreshold=256 | wearThreshold=256",
                "mem:?serial=a b      | serial=a b is not possible",
                "mem:?clock=virtual   | clock=virtual does not agree with the scheduler",
                "mem:?persist=host    | persist=host is not possible: what is in memory outlives neither",
                "mem:?persist=never   | persist=never is not possible; possible: process, host",
                "mem:?speed=9         | has no parameter \"speed\"; possible: blocks, cacheProgram, cacheRead, channels",
                "mem:/tmp/x           | mem: has no path",
                "emu:                 | emu: needs the path",
                "emu:/x?blocks=9      | blocks is chosen when the image is made",
                "nand:                | known: emu, mem"
            })
    void wrongOnesAreNamedWithWhatIsPossible(String uri, String says) {
        assertThatThrownBy(() -> Ocssd.openDevice(uri, real))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @ParameterizedTest
    @ValueSource(strings = {"timing=on", "cut=5", "clock=real"})
    void whatIsForOpeningIsRefusedAtCreation(String parameter) {
        Path file = directory.resolve("drive.img");
        assertThatThrownBy(() -> Ocssd.create("emu:" + file + "?" + parameter))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is for opening a drive, not for making one");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aMemoryDriveIsNotCreated() {
        assertThatThrownBy(() -> Ocssd.create("mem:")).hasMessageContaining("made when it is opened");
    }

    @Test
    void aWrongClockIsRefusedInVirtualTimeToo() {
        assertThatThrownBy(() -> Ocssd.openDevice("mem:?clock=real", Scheduler.simulated(1)))
                .hasMessageContaining("whose time is virtual");
    }
}
