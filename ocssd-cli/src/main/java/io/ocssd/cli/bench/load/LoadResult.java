package io.ocssd.cli.bench.load;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;
import io.ocssd.cli.frame.Failure;
import io.ocssd.device.DeviceCounters;
import java.util.Optional;

/**
 * What a load came to.
 *
 * @param window when it was measured
 * @param reads what became of the reads, if there were any
 * @param writes what became of the writes, if there were any
 * @param before the device's counters when the window began
 * @param after the device's counters when the window ended
 * @param preparedBytes what was written before, so that there was something to read
 * @param stopped whether it was stopped before its time
 * @param deadWriters writers that gave up, since their LUN took nothing any more
 * @param readBlocks blocks of each LUN that were read: of the LUN with the fewest; 0 without reads
 * @param refusal why it could not go on, if it could not; what was measured before is here all the same
 * @param blocksLeft blocks that could not be given back as free as they were
 */
public record LoadResult(
        Window window,
        Optional<Measure> reads,
        Optional<Measure> writes,
        DeviceCounters before,
        DeviceCounters after,
        long preparedBytes,
        boolean stopped,
        int deadWriters,
        int readBlocks,
        Optional<Failure> refusal,
        int blocksLeft) {}
