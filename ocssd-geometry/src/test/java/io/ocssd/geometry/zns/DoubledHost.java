package io.ocssd.geometry.zns;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A host with one zoned drive, {@code /dev/double}, whose kernel, sysfs and procfs are doubles. */
final class DoubledHost {
    static final String NODE = "/dev/double";

    final ZonedDouble kernel;
    final Path sysfs;
    final Path procfs;
    final Path folder;

    /** A host in this directory; what another one left there is taken as it is. */
    DoubledHost(Path directory, ZonedDouble kernel) throws IOException {
        this.kernel = kernel;
        sysfs = directory.resolve("sys");
        procfs = directory.resolve("proc");
        folder = sysfs.resolve("dev/block/259:0");
        if (Files.exists(folder)) {
            return;
        }
        Files.createDirectories(folder.resolve("queue"));
        Files.createDirectories(folder.resolve("holders"));
        Files.createDirectories(folder.resolve("device"));
        Files.createDirectories(procfs.resolve("self"));
        Files.writeString(procfs.resolve("self/mounts"), "proc /proc proc rw 0 0\n");
        attribute("queue/zoned", "host-managed");
        attribute("queue/logical_block_size", kernel.blockBytes);
        attribute("queue/max_sectors_kb", 512);
        attribute("queue/max_open_zones", kernel.mostOpen);
        attribute("queue/max_active_zones", kernel.mostActive);
        attribute("queue/zone_write_granularity", kernel.blockBytes);
        attribute("queue/zone_append_max_bytes", 128 << 10);
        attribute("queue/write_cache", "write through");
        attribute("device/model", "Double");
        attribute("device/serial", "DOUBLE 1");
    }

    void attribute(String name, Object value) throws IOException {
        Files.writeString(folder.resolve(name), value + "\n");
    }

    FlashDevice open(Scheduler scheduler) throws IOException {
        return open("", scheduler);
    }

    FlashDevice open(String parameters, Scheduler scheduler) throws IOException {
        ZnsProvider provider = new ZnsProvider(() -> new Host(kernel, sysfs, procfs));
        return provider.open(DeviceUri.parse("zns:" + NODE + parameters), scheduler);
    }
}
