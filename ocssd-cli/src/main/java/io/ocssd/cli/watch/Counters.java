package io.ocssd.cli.watch;

import java.time.Duration;
import java.time.Instant;
import jdk.jfr.consumer.RecordedEvent;

/**
 * What an event says of a drive or a target: counters since it was opened.
 *
 * @param time when they were read
 * @param device URI of the drive
 * @param serial serial number of the drive
 * @param target name of the target; empty for a drive
 * @param commandsUnderWay commands that have not ended; 0 for a drive
 * @param openBlocks blocks open for writing; 0 for a drive
 * @param stalls times that writers waited; 0 for a drive
 * @param stallNanos how long they did together; 0 for a drive
 * @param failedPrograms programs that failed; 0 for a drive
 * @param retiredBlocks blocks out of use for good; 0 for a drive
 */
record Counters(
        Instant time,
        String device,
        String serial,
        String target,
        long commands,
        long commandsUnderWay,
        long openBlocks,
        long readBytes,
        long programmedBytes,
        long payloadBytes,
        long relocatedBytes,
        long paddingBytes,
        long metadataBytes,
        long parityBytes,
        long mirrorBytes,
        long erases,
        long stalls,
        long stallNanos,
        long failedPrograms,
        long retiredBlocks) {
    /** Name of the event of a drive. */
    static final String DEVICE_EVENT = "io.ocssd.DeviceStatistics";
    /** Name of the event of a target. */
    static final String TARGET_EVENT = "io.ocssd.TargetStatistics";

    static Counters of(RecordedEvent event) {
        return new Counters(
                event.getStartTime(),
                event.getString("device"),
                event.getString("serial"),
                event.hasField("target") ? event.getString("target") : "",
                event.getLong("commands"),
                number(event, "commandsUnderWay"),
                number(event, "openBlocks"),
                event.getLong("readBytes"),
                event.getLong("programmedBytes"),
                event.getLong("payloadBytes"),
                event.getLong("relocatedBytes"),
                event.getLong("paddingBytes"),
                event.getLong("metadataBytes"),
                event.getLong("parityBytes"),
                event.getLong("mirrorBytes"),
                event.getLong("erases"),
                number(event, "stalls"),
                event.hasField("stallTime") ? event.getDuration("stallTime").toNanos() : 0,
                number(event, "failedPrograms"),
                number(event, "retiredBlocks"));
    }

    /** What tells it from others of the process. */
    String key() {
        return serial + "/" + target;
    }

    boolean isTarget() {
        return !target.isEmpty();
    }

    /** Whether these can follow on others: counters of something that was opened anew begin again. */
    boolean follows(Counters before) {
        return time.isAfter(before.time) && commands >= before.commands && readBytes >= before.readBytes;
    }

    long nanosSince(Counters before) {
        return Duration.between(before.time, time).toNanos();
    }

    private static long number(RecordedEvent event, String field) {
        return event.hasField(field) ? event.getLong(field) : 0;
    }
}
