package io.ocssd.ftl.vblock;

import io.ocssd.ftl.statistics.IoTallies;
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
}
