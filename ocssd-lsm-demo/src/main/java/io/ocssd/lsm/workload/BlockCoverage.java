package io.ocssd.lsm.workload;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.target.Drive;
import java.io.IOException;

/**
 * How often the data blocks of a drive were erased: all blocks but those that are offline and those of the label.
 *
 * @param dataBlocks number of data blocks
 * @param neverErased how many of them were not erased yet
 * @param leastErases of one data block
 * @param mostErases of one data block
 */
record BlockCoverage(int dataBlocks, int neverErased, long leastErases, long mostErases) {
    static BlockCoverage of(Drive drive) throws IOException {
        ImmutableSet<Integer> reserved = ImmutableSet.copyOf(drive.reservedBlocks());
        BlockReport report = drive.device().report();
        int blocks = 0;
        int never = 0;
        long least = Long.MAX_VALUE;
        long most = 0;
        for (int block = 0; block < report.geometry().blocks(); block++) {
            if (report.state(block) == BlockState.OFFLINE || reserved.contains(block)) {
                continue;
            }
            long erases = report.eraseCount(block);
            blocks++;
            never += erases == 0 ? 1 : 0;
            least = Math.min(least, erases);
            most = Math.max(most, erases);
        }
        return new BlockCoverage(blocks, never, blocks == 0 ? 0 : least, most);
    }
}
