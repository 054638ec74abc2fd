package io.ocssd.geometry.zns;

import io.ocssd.device.FoundDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Finds namespaces of NVMe drives and other zoned block devices in sysfs. Needs no privilege and no JNA. Stateless. */
final class BlockDevices {
    private BlockDevices() {}

    /**
     * Finds them.
     *
     * @return none on a host without sysfs
     */
    static List<FoundDevice> find(Path sysfs) throws IOException {
        Path folder = sysfs.resolve("block");
        List<FoundDevice> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                all.sorted().forEach(each -> {
                    String name = each.getFileName().toString();
                    BlockNode node = new BlockNode("/dev/" + name.replace('!', '/'), each, null);
                    // A namespace of a drive with several paths is seen here once more per path, without a node.
                    boolean namespace = name.matches("nvme[0-9]+n[0-9]+");
                    if (namespace || (node.isZoned() && !name.matches("nvme[0-9]+c[0-9]+n[0-9]+"))) {
                        found.add(describe(node));
                    }
                });
            }
        }
        return found;
    }

    private static FoundDevice describe(BlockNode node) {
        long bytes = Math.max(0, node.number("size")) * ZoneLayout.SECTOR_BYTES;
        String uri = node.isZoned() ? "zns:" + node.path() : "";
        return new FoundDevice(node.path(), node.model(), node.serial(), bytes, uri, note(node));
    }

    private static String note(BlockNode node) {
        if (!node.isZoned()) {
            return "no zones: it has a translation layer of its own";
        }
        List<String> partitions = node.partitions();
        List<String> holders = node.holders();
        String zones = node.number("queue/nr_zones") + " zones, "
                + node.text("queue/zoned").orElse("");
        if (!holders.isEmpty()) {
            return zones + "; part of " + String.join(", ", holders);
        }
        return partitions.isEmpty() ? zones : zones + "; has partitions";
    }
}
