package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.ftl.ForwardingDevice;
import io.ocssd.ftl.TestDrive;
import io.ocssd.ftl.target.LabelDriveProvider;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Blocks that read with a high error count, and what an opening reads. */
final class ScrubTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "profile=tiny&factoryBad=0&sectorBytes=512",
                "profile=tiny&factoryBad=0&sectorBytes=512&copy=on",
                "channels=1&luns=3&blocks=10&sectors=18&sectorBytes=1024&wsMin=2&wsOpt=2&mwCunits=5&factoryBad=0",
                "profile=zns-small&sectors=24&sectorBytes=512"
            })
    void aBlockThatReadsBadlyIsCopiedAndErased(String shape) throws Exception {
        // Of all reads of the data, the first one alone.
        String uri = "faults+mem:?" + shape + "&faults.rules=high-ecc,sectr=4,nth=1";
        TestDrive.simulated(1, scheduler -> {
            try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults())) {
                scrub(drive, scheduler);
            }
            return null;
        });
    }

    private static void scrub(Drive drive, Scheduler scheduler) throws Exception {
        Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
        int available = vblocks.available(1);
        byte[] bytes = new byte[5000];
        new SplittableRandom(7).nextBytes(bytes);
        VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
        writer.append(ByteBuffer.wrap(bytes));
        writer.seal();
        Vblock vblock = writer.vblock();
        assertHolds(vblock, bytes);
        while (vblocks.statistics().scrubbedBlocks() == 0) {
            scheduler.sleepUntil(scheduler.nanoTime() + 1_000_000);
        }
        assertHolds(vblock, bytes);
        assertThat(vblocks.available(1)).isEqualTo(available - 1);
        assertThat(drive.device().counters().programmedBytes(ByteClass.RELOCATED))
                .isGreaterThanOrEqualTo(bytes.length);
        assertThat(drive.device().counters().programmedBytes())
                .isEqualTo(drive.device().counters().programmedSectors()
                        * drive.device().geometry().sectorBytes());
        assertThat(drive.device().report().count(BlockState.OPEN)).isZero();
        vblock.erase();
        assertThat(vblocks.available(1)).isEqualTo(available);
    }

    /** Each attempt costs an erase, so that reads alone could wear the drive out. */
    @Test
    void aBlockThatCannotBeCopiedIsNotTriedAgainAtEveryRead() throws Exception {
        String uri = "faults+mem:?profile=tiny&factoryBad=0&sectorBytes=512"
                + "&faults.rules=high-ecc,sectr=2-5;unreadable,sectr=10";
        TestDrive.simulated(1, scheduler -> {
            try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults())) {
                Vblocks vblocks =
                        drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                for (int life = 0; life < 2; life++) {
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                    writer.append(ByteBuffer.allocate(7000));
                    writer.seal();
                    int available = vblocks.available(1);
                    long erases = drive.device().counters().erases();
                    for (int i = 0; i < 5; i++) {
                        writer.vblock().read(0, ByteBuffer.allocate(1000));
                        scheduler.sleepUntil(scheduler.nanoTime() + 100_000_000);
                    }
                    assertThat(drive.device().counters().erases() - erases).isEqualTo(1);
                    assertThat(vblocks.available(1)).isEqualTo(available);
                    writer.vblock().erase();
                }
                assertThat(vblocks.statistics().scrubbedBlocks()).isZero();
                assertThat(drive.device().report().count(BlockState.OPEN)).isZero();
            }
            return null;
        });
    }

    /** Whoever opens the device next has it alone. */
    @ParameterizedTest
    @ValueSource(ints = {10_000, 300_000, 1_000_000, 3_000_000, 10_000_000})
    void nothingGoesOnBehindAClose(int nanos) throws Exception {
        String uri =
                "faults+mem:?profile=tiny&factoryBad=0&sectorBytes=512&timing=on&faults.rules=high-ecc,sectr=4,nth=1";
        TestDrive.simulated(1, scheduler -> {
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler)) {
                ForwardingDevice staysOpen = new ForwardingDevice(device) {
                    @Override
                    public void close() {
                        // The test does.
                    }
                };
                try (Drive drive = new LabelDriveProvider().open(staysOpen, scheduler, OpenOptions.defaults())) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, 0));
                    writer.append(ByteBuffer.allocate(7000));
                    writer.seal();
                    writer.vblock().read(0, ByteBuffer.allocate(7000));
                    scheduler.sleepUntil(scheduler.nanoTime() + nanos);
                }
                long commands = device.counters().commands();
                scheduler.sleepUntil(scheduler.nanoTime() + 1_000_000_000);
                assertThat(device.counters().commands()).isEqualTo(commands);
                assertThat(device.report().count(BlockState.OPEN)).isZero();
            }
            return null;
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 100, 10_000})
    void anOpeningReadsTwoSectorsOfAVblockHoweverMuchItHolds(int length) throws Exception {
        try (TestDrive image = TestDrive.create("profile=tiny&factoryBad=0")) {
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    for (int i = 0; i < 5; i++) {
                        VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, i));
                        writer.append(ByteBuffer.allocate(length));
                        writer.seal();
                    }
                }
                return null;
            });
            TestDrive.simulated(2, scheduler -> {
                try (Drive drive = image.open(scheduler, "")) {
                    long before = drive.device().counters().readSectors();
                    Vblocks vblocks = drive.target("t").vblocks();
                    assertThat(drive.device().counters().readSectors() - before).isEqualTo(5 * 2);
                    for (Vblock vblock : vblocks.list()) {
                        assertHolds(vblock, new byte[length]);
                    }
                }
                return null;
            });
        }
    }

    private static void assertHolds(Vblock vblock, byte[] bytes) throws Exception {
        assertThat(vblock.length()).isEqualTo(bytes.length);
        ByteBuffer back = ByteBuffer.allocate(bytes.length);
        vblock.read(0, back);
        assertThat(back.array()).isEqualTo(bytes);
    }
}
