package io.ocssd.cli.device;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;

/**
 * How hot a block is: its erases on a scale from none to those of the most erased block, or its wear index where the device
 * does not tell erases.
 */
final class HeatScale {
    private static final int MOST_INDEX = 255;

    private final BlockReport report;
    private final EraseSummary erases;

    HeatScale(BlockReport report) {
        this.report = report;
        this.erases = EraseSummary.of(report);
    }

    /** Erases of the blocks that were ever of use. */
    EraseSummary erases() {
        return erases;
    }

    /** What the top of the scale is. */
    String top() {
        return erases.isKnown() ? erases.most() + " erases" : "a wear index of " + MOST_INDEX;
    }

    boolean isBad(int block) {
        return report.state(block) == BlockState.OFFLINE;
    }

    /** Heat of a block, 0 to 1. */
    double heat(int block) {
        if (!erases.isKnown()) {
            return (double) report.wearIndex(block) / MOST_INDEX;
        }
        long count = Math.max(0, report.eraseCount(block));
        return erases.most() == 0 ? 0 : Math.min(1, (double) count / erases.most());
    }
}
