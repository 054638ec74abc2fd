package io.ocssd.cli.device;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Capabilities;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.DeviceInfo;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A device as {@code device create} and {@code device info} show it; the components are the keys of the JSON document. */
record DeviceView(
        String uri,
        String model,
        String serial,
        String specification,
        String persistence,
        String durability,
        GeometryView geometry,
        long capacityBytes,
        LimitsView limits,
        Capabilities capabilities,
        Timings timings,
        Map<String, Integer> blocks,
        CountersView counters,
        List<String> notes) {

    record GeometryView(
            int channels,
            int lunsPerChannel,
            int luns,
            int blocksPerLun,
            int sectorsPerBlock,
            int sectorBytes,
            int oobBytes,
            long blockBytes) {
        static GeometryView of(Geometry shape) {
            return new GeometryView(
                    shape.channels(),
                    shape.lunsPerChannel(),
                    shape.luns(),
                    shape.blocksPerLun(),
                    shape.sectorsPerBlock(),
                    shape.sectorBytes(),
                    shape.oobBytes(),
                    shape.blockBytes());
        }
    }

    /** 0 for the largest number of open or active blocks is: no limit. */
    record LimitsView(
            int wsMinSectors,
            int wsOptSectors,
            int mwCunitsSectors,
            int maxOpenBlocks,
            int maxOpenBlocksPerLun,
            int maxActiveBlocks,
            int maxAddresses) {
        static LimitsView of(Limits limits) {
            return new LimitsView(
                    limits.wsMin(),
                    limits.wsOpt(),
                    limits.mwCunits(),
                    limits.maxOpen(),
                    limits.maxOpenPerLun(),
                    limits.maxActive(),
                    Limits.MAX_ADDRESSES);
        }
    }

    record CountersView(
            long commands, long readSectors, long programmedSectors, long erases, Map<String, Long> programmedBytes) {}

    static DeviceView of(FlashDevice device) throws GoneException {
        DeviceInfo info = device.info();
        Geometry shape = device.geometry();
        return new DeviceView(
                info.uri(),
                info.model(),
                info.serial(),
                info.specification(),
                info.persistence(),
                device.durability().label(),
                GeometryView.of(shape),
                shape.capacityBytes(),
                LimitsView.of(device.limits()),
                device.capabilities(),
                device.timings(),
                blocks(device.report()),
                counters(device.counters()),
                info.notes());
    }

    private static Map<String, Integer> blocks(BlockReport report) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (BlockState state : BlockState.values()) {
            counts.put(state.label(), report.count(state));
        }
        return counts;
    }

    private static CountersView counters(DeviceCounters counters) {
        Map<String, Long> bytes = new LinkedHashMap<>();
        for (ByteClass each : ByteClass.values()) {
            bytes.put(each.label(), counters.programmedBytes(each));
        }
        return new CountersView(
                counters.commands(), counters.readSectors(), counters.programmedSectors(), counters.erases(), bytes);
    }
}
