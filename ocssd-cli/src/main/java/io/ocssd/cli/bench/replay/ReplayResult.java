package io.ocssd.cli.bench.replay;

import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.bench.measure.Window;
import io.ocssd.device.DeviceCounters;

/**
 * What a replay came to.
 *
 * @param window from the first command to the end of the last
 * @param reads what became of the reads
 * @param writes what became of the programs and appends
 * @param erases what became of the erases
 * @param before the device's counters when it began
 * @param after the device's counters when it ended
 * @param sent commands that were sent
 * @param skipped commands that no queue takes: scalar ones of more sectors than a vector has
 * @param late commands that were sent more than {@link Replay#LATE_NANOS} after they were due
 * @param greatestLagNanos how long after it was due the latest of all commands was sent; 0 when none is ever due
 * @param differences commands that were answered otherwise than recorded
 * @param firstDifference the first of them, in one sentence; null when there is none
 * @param stopped whether it was stopped before its time
 */
public record ReplayResult(
        Window window,
        Measure reads,
        Measure writes,
        Measure erases,
        DeviceCounters before,
        DeviceCounters after,
        long sent,
        long skipped,
        long late,
        long greatestLagNanos,
        long differences,
        String firstDifference,
        boolean stopped) {}
