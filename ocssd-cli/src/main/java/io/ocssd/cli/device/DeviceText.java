package io.ocssd.cli.device;

import io.ocssd.cli.frame.Numbers;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Collectors;

/** A device in lines for people. */
final class DeviceText {
    private final PrintStream out;

    DeviceText(PrintStream out) {
        this.out = out;
    }

    /** Shape and limits: what a new drive is. */
    void printShape(DeviceView device) {
        DeviceView.GeometryView shape = device.geometry();
        line(
                "geometry",
                String.format(
                        "%d channels x %d LUNs x %d blocks x %d sectors x %d+%d bytes",
                        shape.channels(),
                        shape.lunsPerChannel(),
                        shape.blocksPerLun(),
                        shape.sectorsPerBlock(),
                        shape.sectorBytes(),
                        shape.oobBytes()));
        line(
                "capacity",
                Numbers.bytes(device.capacityBytes()) + " (" + device.capacityBytes() + " bytes), "
                        + Numbers.bytes(shape.blockBytes()) + " a block");
        DeviceView.LimitsView limits = device.limits();
        line(
                "limits",
                "ws_min " + limits.wsMinSectors() + ", ws_opt " + limits.wsOptSectors() + ", mw_cunits "
                        + limits.mwCunitsSectors() + " sectors; "
                        + (limits.maxOpenBlocks() == 0 ? "any number of" : "at most " + limits.maxOpenBlocks())
                        + " open blocks");
        line(
                "blocks",
                device.blocks().entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", ")));
    }

    /** All of it. */
    void print(DeviceView device) {
        line("device", device.uri());
        line("model", device.model() + ", serial " + device.serial() + ", Open-Channel SSD " + device.specification());
        printShape(device);
        line(
                "timings",
                device.timings().programNanos() == 0 && device.timings().readNanos() == 0
                        ? "none"
                        : "read " + Numbers.nanos(device.timings().readNanos()) + ", program "
                                + Numbers.nanos(device.timings().programNanos()) + ", erase "
                                + Numbers.nanos(device.timings().eraseNanos()));
        line("durability", device.durability());
        line("persistence", device.persistence());
        DeviceView.CountersView counters = device.counters();
        line(
                "since open",
                counters.commands() + " commands, " + counters.readSectors() + " sectors read, "
                        + counters.programmedSectors() + " programmed, " + counters.erases() + " blocks erased");
        for (Map.Entry<String, Long> each : counters.programmedBytes().entrySet()) {
            if (each.getValue() > 0) {
                line("", each.getKey() + " " + Numbers.bytes(each.getValue()));
            }
        }
    }

    private void line(String name, String value) {
        out.printf("%-12s %s%n", name, value);
    }
}
