package io.ocssd.cli.bench;

import io.ocssd.cli.bench.measure.Latencies;
import io.ocssd.cli.frame.Failure;
import io.ocssd.device.Geometry;

/**
 * All that is printed of a benchmark of a device.
 *
 * @param report the document
 * @param geometry the shape of the device
 * @param reads latencies of the reads; null without reads
 * @param writes latencies of the writes; null without writes
 * @param refusal why it ended before its time; null when it did not
 * @param blocksLeft blocks that could not be given back as free as they were
 */
record BenchOutcome(
        BenchReport report, Geometry geometry, Latencies reads, Latencies writes, Failure refusal, int blocksLeft) {}
