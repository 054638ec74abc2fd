package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.NoSpaceException;
import io.ocssd.target.Drive;
import io.ocssd.target.Target;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** Whether every block of an empty target can be used. */
final class Leaks {
    private Leaks() {}

    /** What a target had when it was new, and what it may have lost since. */
    record Beginning(int usable, Set<Integer> bad, Set<Integer> label) {
        static Beginning of(Drive drive, Target target) throws IOException {
            return new Beginning(target.vblocks().available(1), bad(drive, target), Set.copyOf(drive.reservedBlocks()));
        }

        /** Blocks that are offline, or retired, or that became the label's in place of others. */
        private int lost(Drive drive, Target target) throws IOException {
            return Sets.difference(bad(drive, target), bad).size()
                    + Sets.difference(Set.copyOf(drive.reservedBlocks()), label).size();
        }

        private static Set<Integer> bad(Drive drive, Target target) throws IOException {
            Set<Integer> bad = new TreeSet<>();
            target.badBlocks().forEach(each -> bad.add(each.block()));
            BlockReport report = drive.device().report();
            for (int block = 0; block < report.geometry().blocks(); block++) {
                if (report.state(block) == BlockState.OFFLINE) {
                    bad.add(block);
                }
            }
            return bad;
        }
    }

    /**
     * Fills the target with vblocks of one LUN, and erases them.
     *
     * @param exactly whether no block can have gone bad
     */
    static void check(Drive drive, String name, Beginning beginning, boolean exactly) throws IOException {
        Target target = drive.target(name);
        Vblocks vblocks = target.vblocks();
        int said = vblocks.available(1);
        int made = 0;
        try {
            while (made <= beginning.usable()) {
                VblockWriter writer = vblocks.allocate(new VblockRequest(Stream.DATA, 1, made));
                writer.seal();
                made++;
            }
        } catch (NoSpaceException e) {
            assertThat(vblocks.available(1)).isZero();
        }
        if (exactly) {
            assertThat(made).as("vblocks made, available said %d", said).isEqualTo(beginning.usable());
            assertThat(said).as("available vblocks").isEqualTo(beginning.usable());
        }
        for (Vblock vblock : vblocks.list()) {
            vblock.erase();
        }
        int lost = beginning.lost(drive, target);
        assertThat(vblocks.available(1))
                .as("available when all is erased, %d blocks lost, %d vblocks made", lost, made)
                .isBetween(beginning.usable() - lost, exactly ? beginning.usable() : Integer.MAX_VALUE);
        assertThat(exactly && lost > 0).as("%d blocks lost", lost).isFalse();
    }
}
