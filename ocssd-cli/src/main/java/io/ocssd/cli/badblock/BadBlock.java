package io.ocssd.cli.badblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Ppa;

/**
 * A block out of use; the components are the keys of its JSON object.
 *
 * @param address packed, as {@code 0x..}: it does not fit a number of every JSON reader
 * @param kind {@code factory}; {@code grown}: the device or a target saw it fail; {@code marked} by the host; or {@code unknown}
 *     where the device does not tell erases
 * @param target the target that remembers it; null when the device itself does
 * @param erases null when the device does not tell
 * @param wearIndex 0 (new) to 255 (worn out)
 */
record BadBlock(
        String address, int channel, int lun, int block, String kind, String target, Long erases, int wearIndex) {
    static boolean isBad(BlockReport report, int block) {
        return report.state(block) == BlockState.OFFLINE;
    }

    /** A block that the device has taken out of use. */
    static BadBlock of(BlockReport report, int index) {
        long erases = report.eraseCount(index);
        boolean known = erases != BlockReport.UNKNOWN_ERASES;
        return of(report, index, known ? kind(erases, report.wearIndex(index)) : "unknown", null);
    }

    /** A block that a target has taken out of use. */
    static BadBlock of(BlockReport report, io.ocssd.target.BadBlock retired, String target) {
        boolean marked = retired.reason() == io.ocssd.target.BadBlock.Reason.MARKED;
        return of(report, retired.block(), marked ? "marked" : "grown", target);
    }

    private static BadBlock of(BlockReport report, int index, String kind, String target) {
        long ppa = report.geometry().blockPpa(index);
        long erases = report.eraseCount(index);
        return new BadBlock(
                "0x" + Long.toHexString(ppa),
                Ppa.channel(ppa),
                Ppa.lun(ppa),
                Ppa.block(ppa),
                kind,
                target,
                erases == BlockReport.UNKNOWN_ERASES ? null : erases,
                report.wearIndex(index));
    }

    /** What was never used came like that. */
    private static String kind(long erases, int wearIndex) {
        return erases == 0 && wearIndex == 0 ? "factory" : "grown";
    }
}
