package io.ocssd.cli.bench.load;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;
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
        int blocksLeft) {}
