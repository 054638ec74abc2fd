package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.block.BlockOptions;
import io.ocssd.block.BlockStatistics;
import io.ocssd.error.BusyException;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.ReadOnlyException;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a block device promises, one promise at a time; drives of class PROTECTED. */
final class BlockDeviceTest {
    private static final String SHAPE = "profile=tiny&blocks=10&factoryBad=0";

    /** Does something with an open drive. */
    @FunctionalInterface
    private interface Body {
        void run(Target target) throws Exception;
    }

    private static void with(TestDrive image, Body body) throws Exception {
        TestDrive.simulated(1, scheduler -> {
            try (Drive drive = image.open(scheduler, "")) {
                body.run(
                        drive.targets().isEmpty()
                                ? drive.createTarget(TargetRequest.wholeDrive("t"))
                                : drive.target("t"));
            }
            return null;
        });
    }

    private static ByteBuffer sector(long sector, long version) {
        return BlockModel.content(sector, version);
    }

    private static long read(BlockDevice device, long sector) throws Exception {
        ByteBuffer bytes = ByteBuffer.allocate(BlockDevice.SECTOR_BYTES);
        device.read(sector, bytes);
        return BlockModel.versionOf(sector, bytes);
    }

    @Test
    void aClosedDeviceHasNothingToReplay() throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE)) {
            with(image, target -> {
                assertThatThrownBy(() -> target.openBlockDevice(BlockOptions.defaults()))
                        .isInstanceOf(NotRecognisedException.class);
                target.formatBlockDevice(BlockFormat.standard());
                try (BlockDevice device = target.openBlockDevice(BlockOptions.defaults())) {
                    device.write(5, sector(5, 1));
                    device.writeAtomically(new long[] {9, 3}, two(9, 3, 2));
                    device.write(7, sector(7, 3));
                    device.trim(7, 1);
                    assertThat(read(device, 9)).isEqualTo(2);
                    assertThat(device.statistics().mappedSectors()).isEqualTo(3);
                }
            });
            with(image, target -> {
                try (BlockDevice device = target.openBlockDevice(BlockOptions.defaults())) {
                    assertThat(device.statistics().replayedRecords()).isZero();
                    assertThat(read(device, 5)).isEqualTo(1);
                    assertThat(read(device, 3)).isEqualTo(2);
                    assertThat(read(device, 9)).isEqualTo(2);
                    assertThat(read(device, 7)).isZero();
                    assertThat(read(device, 0)).isZero();
                }
            });
        }
    }

    private static ByteBuffer two(long first, long second, long version) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * BlockDevice.SECTOR_BYTES);
        BlockModel.put(bytes, first, version);
        BlockModel.put(bytes, second, version);
        return bytes.flip();
    }

    @Test
    void misuseIsRefusedAndChangesNothing() throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE)) {
            with(image, target -> {
                target.formatBlockDevice(BlockFormat.standard().withSectors(50));
                BlockDevice device = target.openBlockDevice(BlockOptions.defaults());
                assertThat(device.sectors()).isEqualTo(50);
                assertThatThrownBy(() -> device.read(50, ByteBuffer.allocate(4096)))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessage("sector=50, count=1, sectors=50");
                assertThatThrownBy(() -> device.write(-1, ByteBuffer.allocate(4096)))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> device.write(0, ByteBuffer.allocate(4095)))
                        .hasMessageContaining("bytes=4095");
                assertThatThrownBy(() -> device.trim(49, 2)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> device.writeAtomically(new long[] {1, 1}, two(1, 1, 1)))
                        .hasMessage("sector=1 is named twice");
                assertThatThrownBy(() -> device.writeAtomically(new long[0], ByteBuffer.allocate(0)))
                        .isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> device.collect(0)).isInstanceOf(IllegalArgumentException.class);
                assertThatThrownBy(() -> target.openBlockDevice(BlockOptions.defaults()))
                        .isInstanceOf(BusyException.class);
                assertThatThrownBy(() -> target.formatBlockDevice(BlockFormat.standard()))
                        .isInstanceOf(BusyException.class);
                assertThat(device.statistics().writtenSectors()).isZero();
                device.close();
                device.close();
                assertThatThrownBy(() -> read(device, 0)).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(device::flush).isInstanceOf(IllegalStateException.class);
                assertThatThrownBy(() ->
                                target.formatBlockDevice(BlockFormat.standard().withSectors(1 << 20)))
                        .isInstanceOf(NoSpaceException.class)
                        .hasMessageContaining("1048576 were asked for");
                assertThatThrownBy(() -> target.formatBlockDevice(new BlockFormat(0, 0.1, 9)))
                        .isInstanceOf(IllegalArgumentException.class);
            });
        }
    }

    @Test
    void aReadOnlyDriveIsReadAndNeverWritten() throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE)) {
            with(image, target -> {
                target.formatBlockDevice(BlockFormat.standard());
                BlockDevice device = target.openBlockDevice(BlockOptions.defaults());
                device.write(5, sector(5, 1));
                device.flush();
                device.close();
            });
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive = Ocssd.open(
                                "emu:" + image.file(),
                                scheduler,
                                OpenOptions.defaults().withReadOnly());
                        BlockDevice device = drive.target("t").openBlockDevice(BlockOptions.defaults())) {
                    assertThat(read(device, 5)).isEqualTo(1);
                    assertThatThrownBy(() -> device.write(5, sector(5, 3))).isInstanceOf(ReadOnlyException.class);
                    assertThatThrownBy(() -> device.trim(5, 1)).isInstanceOf(ReadOnlyException.class);
                    assertThatThrownBy(device::flush).isInstanceOf(ReadOnlyException.class);
                    assertThatThrownBy(() -> drive.target("t").formatBlockDevice(BlockFormat.standard()))
                            .isInstanceOf(ReadOnlyException.class);
                    assertThat(drive.device().counters().programmedSectors()).isZero();
                }
                return null;
            });
        }
    }

    @Test
    void vblocksOfOthersAreNotTakenForUnits() throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE)) {
            with(image, target -> {
                target.formatBlockDevice(BlockFormat.standard());
                try (VblockWriter writer = target.vblocks().allocate(new VblockRequest(Stream.DATA, 1, 99))) {
                    writer.append(ByteBuffer.allocate(10));
                    writer.seal();
                }
                assertThatThrownBy(() -> target.openBlockDevice(BlockOptions.defaults()))
                        .isInstanceOf(CorruptException.class)
                        .hasMessageContaining("is not the block device's");
                assertThat(target.vblocks().list()).hasSize(2);
                target.formatBlockDevice(BlockFormat.standard());
                target.openBlockDevice(BlockOptions.defaults()).close();
            });
        }
    }

    @Test
    void aVblockThatIsMissingIsFound() throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE)) {
            with(image, target -> {
                target.formatBlockDevice(BlockFormat.standard());
                try (BlockDevice device = target.openBlockDevice(BlockOptions.defaults())) {
                    device.write(5, sector(5, 1));
                }
                for (Vblock each : target.vblocks().list()) {
                    if (each.stream() == Stream.DATA) {
                        each.erase();
                    }
                }
                assertThatThrownBy(() -> target.openBlockDevice(BlockOptions.defaults()))
                        .isInstanceOf(CorruptException.class)
                        .hasMessage("sector 5 of the block device is in a vblock that is not there");
            });
        }
    }

    @Test
    void anAlmostFullDeviceGoesOnForEver() throws Exception {
        try (TestDrive image = TestDrive.create(SHAPE)) {
            with(image, target -> {
                target.formatBlockDevice(BlockFormat.standard().withOverprovision(0.1));
                try (BlockDevice device = target.openBlockDevice(BlockOptions.defaults())) {
                    int sectors = (int) device.sectors();
                    long[] versions = new long[sectors];
                    SplittableRandom random = new SplittableRandom(3);
                    for (int i = 0; i < 4 * sectors; i++) {
                        int sector = i < sectors ? i : random.nextInt(sectors);
                        versions[sector] = i + 1;
                        device.write(sector, sector(sector, versions[sector]));
                    }
                    for (int i = 0; i < sectors; i++) {
                        assertThat(read(device, i)).isEqualTo(versions[i]);
                    }
                    BlockStatistics done = device.statistics();
                    assertThat(done.writtenSectors()).isEqualTo(4L * sectors);
                    assertThat(done.mappedSectors()).isEqualTo(sectors);
                    assertThat(done.relocatedSectors()).isPositive();
                    assertThat(done.writeAmplification()).isBetween(1.0, 12.0);
                    assertThat(done.checkpoints()).isPositive();
                }
            });
        }
    }

    @Test
    void readersGoOnWhileGarbageIsCollected() throws Exception {
        for (Scheduler scheduler : List.of(Scheduler.simulated(5), Scheduler.real())) {
            try (scheduler;
                    TestDrive image = TestDrive.create(SHAPE)) {
                scheduler.run("test", () -> {
                    try (Drive drive = image.open(scheduler, "")) {
                        Target target = drive.createTarget(TargetRequest.wholeDrive("t"));
                        target.formatBlockDevice(BlockFormat.standard());
                        try (BlockDevice device = target.openBlockDevice(BlockOptions.defaults())) {
                            readAndWrite(scheduler, device);
                        }
                    }
                    return null;
                });
            }
        }
    }

    private static void readAndWrite(Scheduler scheduler, BlockDevice device) throws Exception {
        int sectors = (int) device.sectors();
        List<Task> readers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            SplittableRandom random = new SplittableRandom(i);
            readers.add(scheduler.spawn("reader", () -> {
                long[] newest = new long[sectors];
                for (int j = 0; j < 300; j++) {
                    int count = 1 + random.nextInt(3);
                    int sector = random.nextInt(sectors - count + 1);
                    ByteBuffer bytes = ByteBuffer.allocate(count * BlockDevice.SECTOR_BYTES);
                    device.read(sector, bytes);
                    for (int k = 0; k < count; k++) {
                        ByteBuffer one = bytes.slice(k * BlockDevice.SECTOR_BYTES, BlockDevice.SECTOR_BYTES);
                        long version = BlockModel.versionOf(sector + k, one);
                        assertThat(version).isGreaterThanOrEqualTo(newest[sector + k]);
                        newest[sector + k] = version;
                    }
                }
            }));
        }
        SplittableRandom random = new SplittableRandom(9);
        for (int version = 1; version <= 3 * sectors; version++) {
            int sector = random.nextInt(sectors);
            device.write(sector, sector(sector, version));
        }
        for (Task each : readers) {
            each.join();
        }
        assertThat(device.statistics().relocatedSectors()).isPositive();
    }
}
