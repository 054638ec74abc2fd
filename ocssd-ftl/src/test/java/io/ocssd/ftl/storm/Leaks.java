package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.error.NoSpaceException;
import io.ocssd.target.Drive;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
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
     * @param badAtFirst blocks that were bad then
     * @param exactly whether no block can have gone bad
     */
    static void check(Drive drive, String target, int usable, int badAtFirst, boolean exactly) throws IOException {
        Vblocks vblocks = drive.target(target).vblocks();
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
        if (exactly) {
            assertThat(made).as("vblocks made, available said %d", said).isEqualTo(usable);
            assertThat(said).as("available vblocks").isEqualTo(usable);
        } else {
            // A vblock that went on in another block took two. Of the blocks that are bad now, some were from the
            // beginning.
            long replaced = vblocks.statistics().replacedBlocks();
            int bad = drive.target(target).badBlocks().size() - badAtFirst;
            assertThat(made + replaced)
                    .as("vblocks made and blocks replaced, %d blocks gone bad", bad)
                    .isGreaterThanOrEqualTo(usable - bad);
        }
    }
}
