package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.BusyException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.Kernel;
import io.ocssd.geometry.zns.ZonedDouble.Answer;
import io.ocssd.geometry.zns.ZonedDouble.Call;
import io.ocssd.scheduler.Scheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused at open, by which sentence, and that nothing is written then. */
final class RecognitionTest {
    @TempDir
    Path directory;

    private final Scheduler scheduler = Scheduler.real();
    private ZonedDouble kernel;
    private DoubledHost host;

    @BeforeEach
    void makeHost() throws Exception {
        kernel = new ZonedDouble(8, 1 << 20, 768 << 10, 4096, 4, 6);
        host = new DoubledHost(directory, kernel);
    }

    @AfterEach
    void nothingWasWritten() {
        assertThat(kernel.calls(Call.WRITE)).isZero();
        scheduler.close();
    }

    private void refuses(Class<? extends OcssdException> type, String sentence, String hint) {
        refuses("", type, sentence, hint);
    }

    private void refuses(String parameters, Class<? extends OcssdException> type, String sentence, String hint) {
        assertThatThrownBy(() -> host.open(parameters, scheduler))
                .isExactlyInstanceOf(type)
                .hasMessageContaining(DoubledHost.NODE)
                .hasMessageContaining(sentence)
                .satisfies(e -> assertThat(((OcssdException) e).hint()).contains(hint));
        assertThat(kernel.open).as("it is let go of").isFalse();
    }

    @Test
    void aNodeThatIsNotThere() {
        kernel.number = -Errno.ENOENT;
        refuses(NotFoundException.class, "there is no such node", "device list");
    }

    @Test
    void whatIsNoBlockDevice() {
        kernel.number = -Errno.ENOTBLK;
        refuses(NotRecognisedException.class, "is not a block device", "zns:/dev/nvme0n1");
    }

    @Test
    void aNodeThatTheKernelDoesNotHave() {
        kernel.number = 1L << 32;
        refuses(NotRecognisedException.class, "a device that the kernel does not have", "plug it in");
    }

    @Test
    void aDriveWithoutZones() throws Exception {
        host.attribute("queue/zoned", "none");
        refuses(NotRecognisedException.class, "is not zoned", "device list");
        Files.delete(host.folder.resolve("queue/zoned"));
        refuses(NotRecognisedException.class, "tells nothing about zones", "Linux 5.9");
    }

    @Test
    void aPartition() throws Exception {
        host.attribute("partition", 1);
        refuses(NotRecognisedException.class, "is a partition", "the whole drive");
    }

    @Test
    void aDriveWithPartitions() throws Exception {
        Files.createDirectory(host.folder.resolve("double1"));
        host.attribute("double1/partition", 1);
        refuses(BusyException.class, "it has the partitions double1", "--force");
        host.open("?force=on", scheduler).close();
    }

    @Test
    void aDriveThatIsPartOfAnother() throws Exception {
        Files.createDirectory(host.folder.resolve("holders/dm-0"));
        refuses("?force=on", BusyException.class, "it is part of dm-0", "take it out");
    }

    @Test
    void theMarksOfAnotherOwner() throws Exception {
        byte[] mark = "_BHRfS_M".getBytes(StandardCharsets.US_ASCII);
        kernel.put(0, 65536 + 64, mark, 128 << 10);
        refuses(BusyException.class, "it begins with a Btrfs file system", "--force");
        try (FlashDevice device = host.open("?force=on", scheduler)) {
            assertThat(device.report().state(0)).isEqualTo(BlockState.OPEN);
        }
    }

    @Test
    void aBeginningThatCannotBeRead() {
        kernel.put(0, 0, new byte[1], 4096);
        kernel.answer(Call.READ, Answer.errno(Errno.EIO));
        refuses(OcssdException.class, "can't be read: EIO", "nobody knows whose it is");
    }

    @Test
    void aDriveThatSomebodyElseHas() throws Exception {
        kernel.answer(Call.OPEN, Answer.errno(Errno.EBUSY));
        refuses("?force=on", BusyException.class, "is busy: held by another owner", "close it there");
        try (FlashDevice device = host.open(scheduler)) {
            assertThat(device.info().serial()).isEqualTo("double-1");
            assertThatThrownBy(() -> host.open(scheduler)).isInstanceOf(BusyException.class);
        }
    }

    @Test
    void privilegesThatAreMissing() {
        kernel.answer(Call.OPEN, Answer.errno(Errno.EACCES));
        refuses(OcssdException.class, "may not be opened for reading and writing (EACCES)", "CAP_DAC_OVERRIDE");
        kernel.answer(Call.IOCTL, Answer.errno(Errno.EPERM));
        refuses(OcssdException.class, "may not be looked at (EPERM)", "CAP_SYS_ADMIN");
        kernel.answer(Call.OPEN, Answer.errno(Errno.EROFS));
        refuses(OcssdException.class, "is set read-only", "blockdev --setrw");
    }

    @Test
    void parametersThatAreUnknown() {
        assertThatThrownBy(() -> host.open("?forced=on", scheduler))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"forced\"; possible: force=on|off");
        assertThatThrownBy(() -> host.open("?force=yes", scheduler)).hasMessageContaining("force=yes");
        for (String wrong : new String[] {"luns=0", "luns=257", "luns=many", "readonly=1", "append=fast"}) {
            assertThatThrownBy(() -> host.open("?" + wrong, scheduler))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(wrong);
        }
        ZnsProvider provider = new ZnsProvider(() -> new Host(kernel, host.sysfs, host.procfs));
        assertThatThrownBy(() -> provider.open(DeviceUri.parse("zns:"), scheduler))
                .hasMessageContaining("zns:/dev/nvme0n1");
        assertThatThrownBy(() -> provider.create(DeviceUri.parse("zns:/dev/double")))
                .hasMessageContaining("profile=zns-small");
        try (Scheduler simulated = Scheduler.simulated(1)) {
            assertThatThrownBy(() -> host.open(simulated)).hasMessageContaining("real time only");
        }
    }

    @Test
    void whatItSaysOfADrive() throws Exception {
        host.attribute("queue/write_cache", "write back");
        host.attribute("queue/zone_write_granularity", 16384);
        host.attribute("queue/max_open_zones", 9);
        kernel.condition(2, ZoneLayout.CONDITION_OFFLINE);
        kernel.condition(3, ZoneLayout.CONDITION_READ_ONLY);
        kernel.condition(4, ZoneLayout.CONDITION_FULL);
        kernel.put(5, 0, new byte[1], 16384);
        try (FlashDevice device = host.open(scheduler)) {
            assertThat(kernel.lastFlags)
                    .isEqualTo(Kernel.O_RDWR | Kernel.O_EXCL | Kernel.O_DIRECT | Kernel.O_CLOEXEC | Kernel.O_DSYNC);
            assertThat(device.limits()).isEqualTo(new Limits(4, 16, 0, 6, 0, 6));
            assertThat(device.geometry().sectorsPerBlock()).isEqualTo(192);
            assertThat(device.info().persistence()).contains("volatile cache");
            assertThat(device.report().state(2)).isEqualTo(BlockState.OFFLINE);
            assertThat(device.report().state(3)).isEqualTo(BlockState.CLOSED);
            assertThat(device.report().state(4)).isEqualTo(BlockState.CLOSED);
            assertThat(device.report().writePointer(4)).isEqualTo(192);
            assertThat(device.report().state(5)).isEqualTo(BlockState.OPEN);
            assertThat(device.report().writePointer(5)).isEqualTo(4);
        }
    }

    @Test
    void zonesAreDealtToLuns() throws Exception {
        kernel.put(5, 0, new byte[1], 8192);
        kernel.conventional(0);
        refuses("?luns=8", NotRecognisedException.class, "has 7 zones that are written in order", "at most as many");
        try (FlashDevice device = host.open("?luns=3", scheduler);
                Rig rig = new Rig(device)) {
            assertThat(device.geometry()).isEqualTo(new Geometry(1, 3, 2, 192, 4096, 0));
            assertThat(device.info().notes()).hasSize(2);
            // Zone 5 is the fifth of those that are written in order: block 1 of LUN 1.
            assertThat(device.report().state(3)).isEqualTo(BlockState.OPEN);
            assertThat(device.report().writePointer(3)).isEqualTo(2);
            assertThat(rig.erase(Ppa.of(0, 1, 1, 0))).isEqualTo(Rig.Outcome.SUCCESS);
            assertThat(kernel.condition(5)).isEqualTo(ZoneLayout.CONDITION_EMPTY);
            assertThat(rig.finish(Ppa.of(0, 2, 0, 0))).isEqualTo(Rig.Outcome.SUCCESS);
            assertThat(kernel.condition(3)).isEqualTo(ZoneLayout.CONDITION_FULL);
            DeviceAdmin admin = device.admin();
            assertThat(admin.geometryPage().getShort(66))
                    .as("PUs of the geometry page")
                    .isEqualTo((short) 3);
        }
    }

    @Test
    void whoOnlyLooksTakesNoClaimAndChangesNothing() throws Exception {
        host.attribute("queue/write_cache", "write back");
        Files.writeString(host.procfs.resolve("self/mounts"), DoubledHost.NODE + " /mnt btrfs rw 0 0\n");
        kernel.put(2, 0, new byte[1], 8192);
        kernel.condition(1, ZoneLayout.CONDITION_EXPLICITLY_OPEN);
        kernel.hasRing = true;
        kernel.open = true;
        try (FlashDevice device = host.open("?readonly=on", scheduler);
                Rig rig = new Rig(device)) {
            assertThat(kernel.lastFlags).isEqualTo(Kernel.O_RDONLY | Kernel.O_DIRECT | Kernel.O_CLOEXEC);
            long zone = device.geometry().blockPpa(2);
            assertThat(rig.write(zone + 2, 1)).isEqualTo(rig.refused(0x020, 0, 1));
            assertThat(rig.append(zone, 1)).isEqualTo(rig.refused(0x020, 0, 1));
            assertThat(rig.erase(zone)).isEqualTo(rig.refused(0x020, 0, 1));
            assertThat(rig.finish(zone)).isEqualTo(rig.refused(0x020, 0, 1));
            assertThat(rig.writePointer(zone)).isEqualTo(2);
            kernel.put(2, 0, new byte[1], 12288);
            assertThat(rig.writePointer(zone)).as("what its owner did since").isEqualTo(3);
        }
        assertThat(kernel.condition(1)).isEqualTo(ZoneLayout.CONDITION_EXPLICITLY_OPEN);
        assertThat(kernel.condition(2)).isEqualTo(ZoneLayout.CONDITION_CLOSED);
        kernel.answer(Call.OPEN, Answer.errno(Errno.EACCES));
        refuses("?readonly=on", OcssdException.class, "may not be opened for reading (EACCES)", "read permission");
    }

    @Test
    void conventionalZonesAreOfflineBehindTheOthers() throws Exception {
        kernel.conventional(0);
        kernel.conventional(1);
        try (FlashDevice device = host.open(scheduler);
                Rig rig = new Rig(device)) {
            assertThat(device.info().notes()).singleElement().asString().startsWith("2 of its zones are conventional");
            assertThat(device.report().count(BlockState.OFFLINE)).isEqualTo(2);
            assertThat(device.report().state(5)).isEqualTo(BlockState.FREE);
            assertThat(device.report().state(6)).isEqualTo(BlockState.OFFLINE);
            assertThat(rig.finish(device.geometry().blockPpa(0))).isEqualTo(Rig.Outcome.SUCCESS);
            assertThat(kernel.condition(2)).isEqualTo(ZoneLayout.CONDITION_FULL);
            assertThat(rig.erase(device.geometry().blockPpa(6))).isEqualTo(rig.refused(0x1BF, 0, 1));
        }
        for (int zone = 2; zone < 8; zone++) {
            kernel.conventional(zone);
        }
        refuses(NotRecognisedException.class, "no zone that is written in order", "another drive");
    }

    @Test
    void capacityCountsOnlyWhenItIsTold() throws Exception {
        kernel.tellsCapacity = false;
        try (FlashDevice device = host.open(scheduler)) {
            assertThat(device.geometry().sectorsPerBlock()).isEqualTo(256);
        }
    }

    @Test
    void whatAKilledOwnerLeftIsClearedUpWhenTheDriveIsChanged() throws Exception {
        kernel.condition(1, ZoneLayout.CONDITION_EXPLICITLY_OPEN);
        kernel.put(2, 0, new byte[1], 4096);
        kernel.condition(2, ZoneLayout.CONDITION_EXPLICITLY_OPEN);
        try (FlashDevice device = host.open(scheduler);
                Rig rig = new Rig(device)) {
            assertThat(device.report().state(1)).isEqualTo(BlockState.FREE);
            assertThat(rig.execute(new IoCommand()
                                    .read(rig.in, 0)
                                    .add(device.geometry().blockPpa(2)))
                            .status())
                    .isZero();
            assertThat(kernel.condition(1)).as("who only reads changes nothing").isEqualTo(3);
            assertThat(rig.erase(device.geometry().blockPpa(7))).isEqualTo(Rig.Outcome.SUCCESS);
            assertThat(kernel.condition(1)).isEqualTo(ZoneLayout.CONDITION_EMPTY);
            assertThat(kernel.condition(2)).isEqualTo(ZoneLayout.CONDITION_CLOSED);
        }
    }
}
