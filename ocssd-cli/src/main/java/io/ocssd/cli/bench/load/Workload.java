package io.ocssd.cli.bench.load;

import java.util.Optional;

/**
 * What is done to a device, in its own units.
 *
 * @param reads the stream of reads, if there is one
 * @param writes the stream of writes, if there is one
 * @param warmupNanos how long it runs before it is measured
 * @param durationNanos how long it is measured; 0 when {@code count} says it
 * @param count how many requests are measured, of the reads if there are any, else of the writes; 0 when {@code
 *     durationNanos} says it
 * @param seed decides places and arrivals
 */
public record Workload(
        Optional<ReadLoad> reads,
        Optional<WriteLoad> writes,
        long warmupNanos,
        long durationNanos,
        long count,
        long seed) {
    /** Checks every field. */
    public Workload {
        if (reads.isEmpty() && writes.isEmpty()) {
            throw new IllegalArgumentException("neither reads nor writes");
        }
        if (warmupNanos < 0 || durationNanos < 0 || count < 0 || (durationNanos > 0) == (count > 0)) {
            throw new IllegalArgumentException(
                    "warmupNanos=" + warmupNanos + ", durationNanos=" + durationNanos + ", count=" + count);
        }
    }
}
