package io.ocssd.cli.bench.measure;

import org.HdrHistogram.Histogram;

/**
 * Latencies in nanoseconds, to three significant digits; their mean, least and greatest exactly.
 *
 * <p>Recording allocates nothing. Not thread-safe.
 */
public final class Latencies {
    /** What is longer counts as this in the percentiles: a day. */
    private static final long LONGEST_NANOS = 86_400_000_000_000L;

    private static final int DIGITS = 3;

    private final Histogram histogram = new Histogram(1, LONGEST_NANOS, DIGITS);
    private long count;
    private long leastNanos = Long.MAX_VALUE;
    private long mostNanos;
    private double sumNanos;

    /** None yet. */
    public Latencies() {}

    /** Adds one; below 0 counts as 0. */
    public void record(long nanos) {
        long latency = Math.max(0, nanos);
        histogram.recordValue(Math.min(latency, LONGEST_NANOS));
        count++;
        sumNanos += latency;
        leastNanos = Math.min(leastNanos, latency);
        mostNanos = Math.max(mostNanos, latency);
    }

    /** How many there are. */
    public long count() {
        return count;
    }

    /** Their mean; 0 when there are none. */
    public long meanNanos() {
        return count == 0 ? 0 : Math.round(sumNanos / count);
    }

    /** The least; 0 when there are none. */
    public long minNanos() {
        return count == 0 ? 0 : leastNanos;
    }

    /** The greatest; 0 when there are none. */
    public long maxNanos() {
        return mostNanos;
    }

    /**
     * The latency that this many in a hundred do not exceed, to three significant digits and never above {@link #maxNanos}.
     *
     * @param percentile 0 to 100
     */
    public long percentileNanos(double percentile) {
        return count == 0 ? 0 : Math.min(mostNanos, histogram.getValueAtPercentile(percentile));
    }

    /** How many are at least {@code fromNanos} and below {@code toNanos}, as exactly as three digits allow. */
    public long countBetween(long fromNanos, long toNanos) {
        return countBelow(toNanos) - countBelow(fromNanos);
    }

    private long countBelow(long nanos) {
        if (nanos > LONGEST_NANOS) {
            return count;
        }
        long bound = histogram.lowestEquivalentValue(nanos);
        return bound == 0 ? 0 : histogram.getCountBetweenValues(0, bound - 1);
    }
}
