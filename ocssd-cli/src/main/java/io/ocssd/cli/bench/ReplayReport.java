package io.ocssd.cli.bench;

import java.util.List;
import java.util.Map;

/**
 * What a replay came to; the components are the keys of the JSON document. In virtual time they depend on trace, device and
 * options alone.
 *
 * @param device what was opened
 * @param model what the device says it is
 * @param recordedDevice what the trace was recorded on
 * @param clock {@code real} or {@code virtual}
 * @param pace {@code recorded} or {@code fast}
 * @param queueDepth commands kept under way; null at recorded times
 * @param preparedBytes what was written before, so that the drive held what the trace begins with
 * @param commands commands that were sent
 * @param skippedCommands commands that no queue takes
 * @param lateCommands commands that were sent more than 100 us after they were due; their latencies begin when they were due
 * @param greatestLagNanos how long after it was due the latest of all commands was sent; 0 when they go as fast as possible
 * @param statusDifferences commands that were answered otherwise than recorded
 * @param firstStatusDifference the first of them; null when there is none
 * @param elapsedNanos from the first command to the end of the last
 * @param recordedNanos the same in the recording
 * @param stopped whether it was stopped before its time
 * @param readMegabytesPerSecond 10^6 bytes a second that were read
 * @param writeMegabytesPerSecond 10^6 bytes a second that were written
 * @param readIops read commands a second
 * @param writeIops write and append commands a second
 * @param reads read commands that succeeded
 * @param writes write and append commands that succeeded
 * @param erases erase commands that succeeded
 * @param readErrors read commands that failed
 * @param writeErrors write and append commands that failed
 * @param eraseErrors erase commands that failed
 * @param readLatencyNanos latencies of reads; this and those that follow are null where no command succeeded
 * @param writeLatencyNanos latencies of writes and appends
 * @param eraseLatencyNanos latencies of erases
 * @param recordedReadLatencyNanos the same in the recording, from submission to poll
 * @param recordedWriteLatencyNanos the same in the recording, of writes
 * @param recordedEraseLatencyNanos the same in the recording
 * @param lunUtilization by linear number of the LUN, for how much of the time it was at work; null when the device does not
 *     tell
 * @param channelUtilization for how much of the time the bus of each channel was at work; null when the device does not tell
 * @param hostCostNanos what is charged for the host's processor in virtual time; null in real time
 */
record ReplayReport(
        String device,
        String model,
        String recordedDevice,
        String clock,
        String pace,
        Integer queueDepth,
        long preparedBytes,
        long commands,
        long skippedCommands,
        long lateCommands,
        long greatestLagNanos,
        long statusDifferences,
        String firstStatusDifference,
        long elapsedNanos,
        long recordedNanos,
        boolean stopped,
        double readMegabytesPerSecond,
        double writeMegabytesPerSecond,
        double readIops,
        double writeIops,
        long reads,
        long writes,
        long erases,
        long readErrors,
        long writeErrors,
        long eraseErrors,
        LatencyView readLatencyNanos,
        LatencyView writeLatencyNanos,
        LatencyView eraseLatencyNanos,
        LatencyView recordedReadLatencyNanos,
        LatencyView recordedWriteLatencyNanos,
        LatencyView recordedEraseLatencyNanos,
        List<Double> lunUtilization,
        List<Double> channelUtilization,
        Map<String, Long> hostCostNanos) {}
