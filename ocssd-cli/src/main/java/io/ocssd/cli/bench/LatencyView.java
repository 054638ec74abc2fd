package io.ocssd.cli.bench;

import io.ocssd.cli.bench.measure.Latencies;

/** Latencies as reports show them, in nanoseconds; the components are the keys of the JSON object. */
record LatencyView(long mean, long min, long p50, long p90, long p99, long p999, long p9999, long max) {
    /** Null when nothing was measured. */
    static LatencyView of(Latencies latencies) {
        if (latencies.count() == 0) {
            return null;
        }
        return new LatencyView(
                latencies.meanNanos(),
                latencies.minNanos(),
                latencies.percentileNanos(50),
                latencies.percentileNanos(90),
                latencies.percentileNanos(99),
                latencies.percentileNanos(99.9),
                latencies.percentileNanos(99.99),
                latencies.maxNanos());
    }
}
