package io.ocssd.ftl.vblock;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.ftl.statistics.IoTallies;
import io.ocssd.target.LifetimeCounters;
import io.ocssd.vblock.VblockStatistics;
import java.util.concurrent.atomic.LongAdder;

/** The counters of a target's vblocks. Thread-safe. */
final class VblockCounters {
    final LongAdder failedPrograms = new LongAdder();
    final LongAdder replacedBlocks = new LongAdder();
    final LongAdder movedUnits = new LongAdder();
    final LongAdder retiredBlocks = new LongAdder();
    final LongAdder scrubbedBlocks = new LongAdder();

    VblockStatistics snapshot(IoTallies io) {
        return new VblockStatistics(
                io.device(),
                io.underWay(),
                io.stalls(),
                io.stallNanos(),
                failedPrograms.sum(),
                replacedBlocks.sum(),
                movedUnits.sum(),
                retiredBlocks.sum(),
                scrubbedBlocks.sum());
    }

    /** What was done since the opening, as a journal remembers it. */
    LifetimeCounters lifetime(IoTallies io) {
        DeviceCounters device = io.device();
        return new LifetimeCounters(
                device.programmedBytes(ByteClass.PAYLOAD),
                device.programmedBytes(ByteClass.RELOCATED),
                device.programmedBytes(ByteClass.PADDING),
                device.programmedBytes(ByteClass.METADATA),
                device.programmedBytes(ByteClass.PARITY),
                device.programmedBytes(ByteClass.MIRROR),
                device.erases(),
                failedPrograms.sum());
    }
}
