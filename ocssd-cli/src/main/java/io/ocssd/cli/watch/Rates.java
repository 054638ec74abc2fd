package io.ocssd.cli.watch;

import java.util.function.ToLongFunction;

/**
 * What a drive or a target did in an interval, and how it is at its end.
 *
 * @param target null for a drive
 * @param intervalNanos how long the interval was, by the clock of the host
 * @param commandsUnderWay commands that have not ended; null for a drive
 * @param openBlocks blocks open for writing; null for a drive
 * @param writeAmplification (payload + relocated) / payload of the interval; null when no payload was programmed
 * @param deviceWriteAmplification everything programmed / payload of the interval; null when no payload was programmed
 * @param stallsPerSecond times that writers waited; null for a drive
 * @param stalledWriters how many writers waited on the average, by the drive's clock; null for a drive
 * @param failedPrograms since it was opened; null for a drive
 * @param retiredBlocks since it was opened; null for a drive
 */
record Rates(
        String device,
        String serial,
        String target,
        long intervalNanos,
        double commandsPerSecond,
        Long commandsUnderWay,
        Long openBlocks,
        double readBytesPerSecond,
        double programmedBytesPerSecond,
        double payloadBytesPerSecond,
        double relocatedBytesPerSecond,
        double paddingBytesPerSecond,
        double metadataBytesPerSecond,
        double parityBytesPerSecond,
        double mirrorBytesPerSecond,
        Double writeAmplification,
        Double deviceWriteAmplification,
        double erasesPerSecond,
        Double stallsPerSecond,
        Double stalledWriters,
        Long failedPrograms,
        Long retiredBlocks) {

    static Rates between(Counters from, Counters to) {
        long nanos = to.nanosSince(from);
        boolean target = to.isTarget();
        long payload = to.payloadBytes() - from.payloadBytes();
        long relocated = to.relocatedBytes() - from.relocatedBytes();
        long programmed = to.programmedBytes() - from.programmedBytes();
        return new Rates(
                to.device(),
                to.serial(),
                target ? to.target() : null,
                nanos,
                rate(from, to, nanos, Counters::commands),
                target ? to.commandsUnderWay() : null,
                target ? to.openBlocks() : null,
                rate(from, to, nanos, Counters::readBytes),
                rate(from, to, nanos, Counters::programmedBytes),
                rate(from, to, nanos, Counters::payloadBytes),
                rate(from, to, nanos, Counters::relocatedBytes),
                rate(from, to, nanos, Counters::paddingBytes),
                rate(from, to, nanos, Counters::metadataBytes),
                rate(from, to, nanos, Counters::parityBytes),
                rate(from, to, nanos, Counters::mirrorBytes),
                payload <= 0 ? null : (double) (payload + relocated) / payload,
                payload <= 0 ? null : (double) programmed / payload,
                rate(from, to, nanos, Counters::erases),
                target ? rate(from, to, nanos, Counters::stalls) : null,
                target ? (double) (to.stallNanos() - from.stallNanos()) / nanos : null,
                target ? to.failedPrograms() : null,
                target ? to.retiredBlocks() : null);
    }

    private static double rate(Counters from, Counters to, long nanos, ToLongFunction<Counters> counter) {
        return (counter.applyAsLong(to) - counter.applyAsLong(from)) * 1e9 / nanos;
    }
}
