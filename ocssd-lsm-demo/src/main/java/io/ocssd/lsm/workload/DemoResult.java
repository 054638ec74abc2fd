package io.ocssd.lsm.workload;

import io.ocssd.device.BlockReport;
import java.util.List;

/**
 * What a demo leaves behind.
 *
 * @param report its figures
 * @param blocks the drive's blocks at the end
 * @param reservedBlocks blocks of the label, by linear number
 */
public record DemoResult(DemoReport report, BlockReport blocks, List<Integer> reservedBlocks) {
    /** Copies the list. */
    public DemoResult {
        reservedBlocks = List.copyOf(reservedBlocks);
    }
}
