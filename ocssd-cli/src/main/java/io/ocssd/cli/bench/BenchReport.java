package io.ocssd.cli.bench;

import java.util.List;
import java.util.Map;

/**
 * What a benchmark of a device came to; the components are the keys of the JSON document. In virtual time they depend on
 * device, options and seed alone.
 *
 * @param device what was opened
 * @param model what the device says it is
 * @param pattern what was done: {@code seqwrite}, {@code randread}, {@code seqread}, {@code mixed}
 * @param clock {@code real} or {@code virtual}
 * @param seed the seed
 * @param readBlockBytes bytes of a read; null without reads
 * @param writeBlockBytes bytes of a write; null without writes
 * @param readQueueDepth reads under way; null without reads
 * @param writeQueueDepth writes under way on each LUN that is written; null without writes
 * @param readPriority {@code normal} or {@code high}; null without reads
 * @param readLuns LUNs that were read, by linear number
 * @param writeLuns LUNs that were written, by linear number
 * @param writeActive how many of them were written at a time; null without writes
 * @param arrivals {@code closed} or {@code poisson}
 * @param requestsPerSecond rate of the arrivals; null when closed
 * @param writeBusyFraction for how much of the time each writer had a write under way; null without writes
 * @param preparedBytes what was written before measuring, so that there was something to read
 * @param warmupNanos how long it ran before measuring
 * @param elapsedNanos how long it was measured
 * @param stopped whether it was stopped before its time
 * @param readMegabytesPerSecond 10^6 bytes a second that were read
 * @param writeMegabytesPerSecond 10^6 bytes a second that were written
 * @param readIops reads a second
 * @param writeIops writes a second
 * @param reads reads that completed while it was measured
 * @param writes writes that completed while it was measured
 * @param readBytes their bytes
 * @param writtenBytes their bytes
 * @param readErrors reads that failed
 * @param writeErrors writes, and erases to make room for them, that failed
 * @param firstReadError what the first of them was; null when there was none
 * @param firstWriteError what the first of them was; null when there was none
 * @param deadWriters writers that gave up, since their LUN took nothing any more
 * @param unsentRequests requests that came while it was measured and were never sent, since the device was too slow
 * @param erases blocks that were erased while it was measured, to be written again
 * @param readLatencyNanos latencies of the reads; null when none completed while it was measured
 * @param writeLatencyNanos latencies of the writes; null when none completed while it was measured
 * @param lunUtilization by linear number of the LUN, for how much of the time it was at work; null when the device does not
 *     tell
 * @param channelUtilization for how much of the time the bus of each channel was at work; null when the device does not tell
 * @param hostCostNanos what is charged for the host's processor in virtual time; null in real time
 */
record BenchReport(
        String device,
        String model,
        String pattern,
        String clock,
        long seed,
        Long readBlockBytes,
        Long writeBlockBytes,
        Integer readQueueDepth,
        Integer writeQueueDepth,
        String readPriority,
        List<Integer> readLuns,
        List<Integer> writeLuns,
        Integer writeActive,
        String arrivals,
        Double requestsPerSecond,
        Double writeBusyFraction,
        long preparedBytes,
        long warmupNanos,
        long elapsedNanos,
        boolean stopped,
        double readMegabytesPerSecond,
        double writeMegabytesPerSecond,
        double readIops,
        double writeIops,
        long reads,
        long writes,
        long readBytes,
        long writtenBytes,
        long readErrors,
        long writeErrors,
        String firstReadError,
        String firstWriteError,
        int deadWriters,
        long unsentRequests,
        long erases,
        LatencyView readLatencyNanos,
        LatencyView writeLatencyNanos,
        List<Double> lunUtilization,
        List<Double> channelUtilization,
        Map<String, Long> hostCostNanos) {}
