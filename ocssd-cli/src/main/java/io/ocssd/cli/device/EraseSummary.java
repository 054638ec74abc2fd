package io.ocssd.cli.device;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;

/**
 * Erases of the blocks that were ever of use: those that wore out count, those that are bad from the start do not.
 *
 * @param blocks how many blocks these are, as far as the device tells their erases
 * @param total erases of all of them
 * @param least erases of the one with the fewest
 * @param most erases of the one with the most
 * @param mean their mean
 * @param cov their standard deviation by their mean; 0 when nothing was erased
 */
record EraseSummary(int blocks, long total, long least, long most, double mean, double cov) {
    static EraseSummary of(BlockReport report) {
        int blocks = 0;
        long total = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        double squares = 0;
        for (int block = 0; block < report.geometry().blocks(); block++) {
            long erases = report.eraseCount(block);
            boolean badFromTheStart = erases == 0 && report.state(block) == BlockState.OFFLINE;
            if (erases == BlockReport.UNKNOWN_ERASES || badFromTheStart) {
                continue;
            }
            blocks++;
            total += erases;
            least = Math.min(least, erases);
            most = Math.max(most, erases);
            squares += (double) erases * erases;
        }
        if (blocks == 0) {
            return new EraseSummary(0, 0, 0, 0, 0, 0);
        }
        double mean = (double) total / blocks;
        double variance = Math.max(0, squares / blocks - mean * mean);
        return new EraseSummary(blocks, total, least, most, mean, total == 0 ? 0 : Math.sqrt(variance) / mean);
    }

    /** Whether the device tells erases of any block. */
    boolean isKnown() {
        return blocks > 0;
    }
}
