package io.ocssd.cli.device;

import io.ocssd.cli.frame.Numbers;
import io.ocssd.device.Capabilities;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
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
        printShape(out, device.geometry(), device.capacityBytes(), device.limits(), device.capabilities());
        line(
                out,
                "blocks",
                device.blocks().entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", ")));
    }

    /** Shape, limits and abilities of a drive that need not be there. */
    static void printShape(
            PrintStream out,
            DeviceView.GeometryView shape,
            long capacityBytes,
            DeviceView.LimitsView limits,
            Capabilities capabilities) {
        line(
                out,
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
                out,
                "capacity",
                Numbers.bytes(capacityBytes) + " (" + capacityBytes + " bytes), " + Numbers.bytes(shape.blockBytes())
                        + " a block");
        line(
                out,
                "limits",
                "ws_min " + limits.wsMinSectors() + ", ws_opt " + limits.wsOptSectors() + ", mw_cunits "
                        + limits.mwCunitsSectors() + " sectors; " + openBlocks(limits));
        line(out, "can do", abilities(capabilities));
    }

    private static String openBlocks(DeviceView.LimitsView limits) {
        return (limits.maxOpenBlocks() == 0 ? "any number of" : "at most " + limits.maxOpenBlocks()) + " open blocks"
                + (limits.maxOpenBlocksPerLun() == 0 ? "" : ", " + limits.maxOpenBlocksPerLun() + " on a LUN")
                + (limits.maxActiveBlocks() == 0 ? "" : ", " + limits.maxActiveBlocks() + " active");
    }

    private static String abilities(Capabilities capabilities) {
        List<String> abilities = new ArrayList<>();
        if (capabilities.zoned()) {
            abilities.add("zones: append, finish, open, close");
        }
        if (capabilities.copy()) {
            abilities.add("copy");
        }
        if (capabilities.eraseFree()) {
            abilities.add("erase of free blocks");
        }
        if (capabilities.eraseOpen()) {
            abilities.add("erase of open blocks");
        }
        return abilities.isEmpty() ? "nothing beyond read, program and erase" : String.join("; ", abilities);
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
        line(out, name, value);
    }

    private static void line(PrintStream out, String name, String value) {
        out.printf("%-12s %s%n", name, value);
    }
}
