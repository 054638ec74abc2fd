package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.FoundDevice;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which drives are found in sysfs. */
final class BlockDevicesTest {
    @TempDir
    Path sysfs;

    private void drive(String name, String zoned, String... more) throws Exception {
        Path folder = Files.createDirectories(sysfs.resolve("block").resolve(name));
        attribute(folder, "queue/zoned", zoned);
        attribute(folder, "size", "2048");
        for (String each : more) {
            attribute(folder, each.substring(0, each.indexOf('=')), each.substring(each.indexOf('=') + 1));
        }
    }

    private static void attribute(Path folder, String name, String value) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, value + "\n");
    }

    @Test
    void namespacesAndZonedDrives() throws Exception {
        drive("nvme0n1", "host-managed", "device/model=ZN540", "device/serial=S1", "queue/nr_zones=904");
        drive("nvme1n1", "none", "device/model=Usual", "wwid=eui.0025");
        drive("nvme1c0n1", "host-managed");
        drive("nullb0", "host-managed", "queue/nr_zones=8", "nullb0p1/partition=1");
        drive("sda", "none");
        drive("sdb", "host-aware", "queue/nr_zones=9", "holders/dm-3/dev=1");
        assertThat(BlockDevices.find(sysfs))
                .containsExactly(
                        new FoundDevice(
                                "/dev/nullb0",
                                "block device",
                                "nullb0",
                                1 << 20,
                                "zns:/dev/nullb0",
                                "8 zones, host-managed; has partitions"),
                        new FoundDevice(
                                "/dev/nvme0n1", "ZN540", "s1", 1 << 20, "zns:/dev/nvme0n1", "904 zones, host-managed"),
                        new FoundDevice(
                                "/dev/nvme1n1",
                                "Usual",
                                "eui.0025",
                                1 << 20,
                                "",
                                "no zones: it has a translation layer of its own"),
                        new FoundDevice(
                                "/dev/sdb",
                                "block device",
                                "sdb",
                                1 << 20,
                                "zns:/dev/sdb",
                                "9 zones, host-aware; part of dm-3"));
    }

    @Test
    void aHostWithoutSysfs() throws Exception {
        assertThat(BlockDevices.find(sysfs)).isEmpty();
    }
}
