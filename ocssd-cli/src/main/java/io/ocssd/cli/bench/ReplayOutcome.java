package io.ocssd.cli.bench;

import io.ocssd.cli.bench.replay.ReplayResult;
import io.ocssd.cli.bench.replay.TraceSurvey;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand.Operation;

/**
 * All that is printed of a replay.
 *
 * @param report the document
 * @param geometry the shape of the device
 * @param result what it came to
 * @param survey what is in the trace
 */
record ReplayOutcome(ReplayReport report, Geometry geometry, ReplayResult result, TraceSurvey survey) {
    /**
     * The outcome of a replay.
     *
     * @param queueDepth commands kept under way; 0 at recorded times
     */
    static ReplayOutcome of(
            FlashDevice device,
            String recordedDevice,
            boolean virtual,
            int queueDepth,
            long preparedBytes,
            ReplayResult result,
            TraceSurvey survey) {
        Geometry geometry = device.geometry();
        long nanos = result.window().nanos();
        ReplayReport report = new ReplayReport(
                device.info().uri(),
                device.info().model(),
                recordedDevice,
                virtual ? "virtual" : "real",
                queueDepth == 0 ? "recorded" : "fast",
                queueDepth == 0 ? null : queueDepth,
                preparedBytes,
                result.sent(),
                result.skipped(),
                result.late(),
                result.greatestLagNanos(),
                result.differences(),
                result.firstDifference(),
                nanos,
                survey.nanos(),
                result.stopped(),
                result.reads().megabytesPerSecond(),
                result.writes().megabytesPerSecond(),
                result.reads().requestsPerSecond(),
                result.writes().requestsPerSecond(),
                result.reads().requests(),
                result.writes().requests(),
                result.erases().requests(),
                result.reads().errors(),
                result.writes().errors(),
                result.erases().errors(),
                LatencyView.of(result.reads().latencies()),
                LatencyView.of(result.writes().latencies()),
                LatencyView.of(result.erases().latencies()),
                LatencyView.of(survey.latencies(Operation.READ)),
                LatencyView.of(survey.latencies(Operation.WRITE)),
                LatencyView.of(survey.latencies(Operation.ERASE)),
                Utilisation.of(result.before()::busyNanos, result.after()::busyNanos, geometry.luns(), nanos),
                Utilisation.of(
                        result.before()::channelBusyNanos,
                        result.after()::channelBusyNanos,
                        geometry.channels(),
                        nanos),
                virtual ? HostCosts.table() : null);
        return new ReplayOutcome(report, geometry, result, survey);
    }
}
