package io.ocssd.geometry.decorator.statistics;

import io.ocssd.device.IoCommand;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a device has done since it was opened or the figures were last cleared: a snapshot.
 *
 * @param sinceNanos when that was, on the clock of the scheduler
 * @param untilNanos when the snapshot was taken
 * @param luns one row for every LUN and operation that was used, by LUN and then by operation
 * @param inFlight commands under way now, over all queues
 * @param mostInFlight most that were under way at a time in one queue
 * @param meanInFlight how many others a command found under way in its queue when it was submitted, on average
 */
public record DeviceStatistics(
        long sinceNanos,
        long untilNanos,
        List<LunStatistics> luns,
        int inFlight,
        int mostInFlight,
        double meanInFlight) {
    /** Copies the rows. */
    public DeviceStatistics {
        luns = List.copyOf(luns);
    }

    /** Latencies of an operation over all LUNs; a command that touched several LUNs counts at each. */
    public Histogram latencyNanos(IoCommand.Operation operation) {
        Histogram all = StatisticsCells.newHistogram();
        for (LunStatistics each : luns) {
            if (each.operation() == operation) {
                all.add(each.latencyNanos());
            }
        }
        return all;
    }

    /** A table with one line for every row. */
    @Override
    public String toString() {
        StringBuilder table = new StringBuilder(String.format(
                Locale.ROOT,
                "%.6f s, in flight now %d, most %d, mean %.2f%n%4s %-7s %10s %7s %12s %14s %11s %11s %11s%n",
                (untilNanos - sinceNanos) / 1e9,
                inFlight,
                mostInFlight,
                meanInFlight,
                "lun",
                "what",
                "commands",
                "failed",
                "sectors",
                "bytes",
                "mean us",
                "p99 us",
                "max us"));
        for (LunStatistics each : luns) {
            table.append(String.format(
                    Locale.ROOT,
                    "%4d %-7s %10d %7d %12d %14d %11.3f %11.3f %11.3f%n",
                    each.lunIndex(),
                    each.operation().name().toLowerCase(Locale.ROOT),
                    each.commands(),
                    each.failedCommands(),
                    each.sectors(),
                    each.bytes(),
                    each.latencyNanos().getMean() / 1e3,
                    each.latencyNanos().getValueAtPercentile(99) / 1e3,
                    each.latencyNanos().getMaxValue() / 1e3));
        }
        return table.toString();
    }
}
