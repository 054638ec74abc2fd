package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.Ppa;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks whose first unit can't be read any more, on drives with and without OOB. */
final class OobHeadersTest {
    private static final String SHAPE = "channels=2&luns=2&blocks=10&sectors=48&sectorBytes=1024&wsMin=2&wsOpt=4"
            + "&mwCunits=8&factoryBad=0&oobBytes=";

    /** Place, width and payload of the vblock whose header is lost, and whether it was sealed. */
    @ParameterizedTest
    @CsvSource({
        "16, 0, 1, 20000, true",
        "16, 0, 1, 0, true",
        "16&copy=on, 1, 2, 20000, true",
        "16, 2, 4, 100000, true",
        "20, 3, 4, 1, true",
        "64, 1, 3, 70000, false",
        "16, 0, 2, 70000, false",
    })
    void aHeaderIsFoundInTheOobAndWrittenAnew(String oobBytes, int place, int width, int length, boolean seal)
            throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE + oobBytes)) {
            String lost = write(image, place, width, length, seal);
            String faults = "?faults.rules=unreadable," + lost + ",sectr=0";
            TestDrive.simulated(2, scheduler -> {
                try (Drive drive = open(image, faults, scheduler)) {
                    Vblocks vblocks = drive.target("t").vblocks();
                    assertHolds(vblocks.list(), length);
                    while (vblocks.statistics().scrubbedBlocks() == 0) {
                        scheduler.sleepUntil(scheduler.nanoTime() + 1_000_000);
                    }
                    assertHolds(vblocks.list(), length);
                }
                return null;
            });
            // The block is not used any more, so that its fault does not matter.
            TestDrive.simulated(3, scheduler -> {
                try (Drive drive = open(image, faults, scheduler)) {
                    Vblocks vblocks = drive.target("t").vblocks();
                    assertHolds(vblocks.list(), length);
                    assertThat(vblocks.statistics().scrubbedBlocks()).isZero();
                    int free = vblocks.available(1);
                    for (Vblock vblock : vblocks.list()) {
                        vblock.erase();
                    }
                    assertThat(vblocks.available(1)).isEqualTo(free + width + 1);
                }
                return null;
            });
        }
    }

    /** Nothing is erased that may be somebody's. */
    @ParameterizedTest
    @ValueSource(ints = {0, 15})
    void withoutEnoughOobTheVblockIsLeftAsItIs(int oobBytes) throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE + oobBytes)) {
            String lost = write(image, 0, 2, 30_000, true);
            TestDrive.simulated(2, scheduler -> {
                try (Drive drive = open(image, "?faults.rules=unreadable," + lost + ",sectr=0", scheduler)) {
                    assertThat(drive.target("t").vblocks().list()).hasSize(1);
                }
                return null;
            });
            TestDrive.simulated(3, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    assertHolds(drive.target("t").vblocks().list(), 30_000);
                }
                return null;
            });
        }
    }

    /** Writes a vblock, and another one that nothing happens to; returns where the block of a place is, as rules say it. */
    private static String write(TestDrive image, int place, int width, int length, boolean seal) throws Exception {
        return TestDrive.simulated(1, scheduler -> {
            try (Drive drive = image.open(scheduler, "")) {
                Vblocks vblocks =
                        drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, width, 7));
                writer.append(ByteBuffer.wrap(bytes(length)));
                writer.sync();
                if (seal) {
                    writer.seal();
                }
                vblocks.allocate(new VblockRequest(Stream.LOG, 1, 8)).seal();
                long ppa = ((FlashVblock) writer.vblock()).header().members().get(place);
                return "group=" + Ppa.channel(ppa) + ",punit=" + Ppa.lun(ppa) + ",chunk=" + Ppa.block(ppa);
            }
        });
    }

    private static Drive open(TestDrive image, String parameters, Scheduler scheduler) throws IOException {
        return Ocssd.open("faults+emu:" + image.file() + parameters, scheduler, OpenOptions.defaults());
    }

    private static void assertHolds(Iterable<Vblock> vblocks, int length) throws IOException {
        assertThat(vblocks).extracting(Vblock::tag).containsExactlyInAnyOrder(7L, 8L);
        for (Vblock vblock : vblocks) {
            int expected = vblock.tag() == 7 ? length : 0;
            assertThat(vblock.length()).isEqualTo(expected);
            ByteBuffer back = ByteBuffer.allocate(expected);
            vblock.read(0, back);
            assertThat(back.array()).isEqualTo(bytes(expected));
        }
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new SplittableRandom(length).nextBytes(bytes);
        return bytes;
    }
}
