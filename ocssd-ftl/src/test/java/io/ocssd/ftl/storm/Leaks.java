package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.NoSpaceException;
import io.ocssd.target.Drive;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockStatistics;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;

/** Whether every block of an empty target can be used. */
final class Leaks {
    private Leaks() {}

    /**
     * Fills the target with vblocks of one LUN.
     *
     * @param usable vblocks that fitted when the target was new
     * @param exactly whether no block can have gone bad
     */
    static void check(Drive drive, String target, int usable, boolean exactly) throws IOException {
        Vblocks vblocks = drive.target(target).vblocks();
        int offline = 0;
        BlockReport report = drive.device().report();
        for (int block = 0; block < report.geometry().blocks(); block++) {
            offline += report.state(block) == BlockState.OFFLINE ? 1 : 0;
        }
        int said = vblocks.available(1);
        int made = 0;
        try {
            while (made <= usable) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, made));
                writer.seal();
                made++;
            }
        } catch (NoSpaceException e) {
            assertThat(vblocks.available(1)).isZero();
        }
        assertThat(made).as("vblocks made, available said %d", said).isEqualTo(exactly ? usable : made);
        if (exactly) {
            assertThat(said).as("available vblocks").isEqualTo(usable);
        } else {
            // A vblock that went on in another block took two.
            VblockStatistics statistics = vblocks.statistics();
            assertThat(made + statistics.replacedBlocks() + statistics.retiredBlocks())
                    .as("vblocks made and blocks replaced, %d blocks offline", offline)
                    .isGreaterThanOrEqualTo(usable - offline);
        }
    }
}
