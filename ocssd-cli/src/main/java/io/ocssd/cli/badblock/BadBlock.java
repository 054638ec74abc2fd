package io.ocssd.cli.badblock;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;

/**
 * A block out of use; the components are the keys of its JSON object.
 *
 * @param address packed, as {@code 0x..}: it does not fit a number of every JSON reader
 * @param kind {@code factory}, {@code grown}, or {@code unknown} where the device does not tell erases
 * @param erases null when the device does not tell
 * @param wearIndex 0 (new) to 255 (worn out)
 */
record BadBlock(String address, int channel, int lun, int block, String kind, Long erases, int wearIndex) {
    static boolean isBad(BlockReport report, int block) {
        return report.state(block) == BlockState.OFFLINE;
    }

    static BadBlock of(BlockReport report, int index) {
        Geometry geometry = report.geometry();
        long ppa = geometry.blockPpa(index);
        long erases = report.eraseCount(index);
        boolean known = erases != BlockReport.UNKNOWN_ERASES;
        return new BadBlock(
                "0x" + Long.toHexString(ppa),
                Ppa.channel(ppa),
                Ppa.lun(ppa),
                Ppa.block(ppa),
                known ? kind(erases, report.wearIndex(index)) : "unknown",
                known ? erases : null,
                report.wearIndex(index));
    }

    /** What was never used came like that. */
    private static String kind(long erases, int wearIndex) {
        return erases == 0 && wearIndex == 0 ? "factory" : "grown";
    }
}
