package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.Geometry;
import io.ocssd.ftl.placement.Placements;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever the placement: no LUN comes twice, no block is given twice, no choice costs more than the vblock it makes. */
final class BlockPoolProperties {
    private static final Stream[] STREAMS = Stream.values();

    @Property(tries = 40)
    void placementsAreWishesAndSpaceIsAPromise(@ForAll long seed) {
        for (PlacementProvider each : Ocssd.placements()) {
            new Life(seed, PolicyChoice.of(each.info().name())).run();
        }
    }

    private static final class Life {
        private final SplittableRandom random;
        private final Geometry geometry;
        private final BlockPool pool;
        private final List<List<Integer>> open = new ArrayList<>();
        private final List<Integer> full = new ArrayList<>();
        private final List<Integer> journal = new ArrayList<>();
        private final String where;
        private int free;

        Life(long seed, PolicyChoice choice) {
            this.random = new SplittableRandom(seed);
            this.geometry =
                    new Geometry(1 + random.nextInt(4), 1 + random.nextInt(3), 2 + random.nextInt(6), 8, 512, 0);
            this.where = "seed " + seed + ", placement " + choice + ", " + geometry;
            List<Integer> luns = new ArrayList<>();
            for (int lun = 0; lun < geometry.luns(); lun++) {
                luns.add(lun);
            }
            this.pool = new BlockPool(Scheduler.real(), geometry, luns, Placements.create(choice), random.nextInt(3));
            for (int block = 0; block < geometry.blocks(); block++) {
                pool.setErases(block, random.nextInt(4));
                if (random.nextInt(8) > 0) {
                    pool.addFree(block);
                    free++;
                }
            }
        }

        void run() {
            for (int step = 0; step < 200; step++) {
                int width = 1 + random.nextInt(geometry.luns());
                if (random.nextBoolean()) {
                    take(width);
                } else if (!open.isEmpty() && random.nextBoolean()) {
                    List<Integer> closed = open.remove(random.nextInt(open.size()));
                    pool.closed(closed);
                    full.addAll(closed);
                } else if (random.nextInt(4) == 0) {
                    moveJournal();
                } else if (!full.isEmpty()) {
                    pool.addErased(full.remove(random.nextInt(full.size())));
                    free++;
                }
                assertThat(pool.freeBlocks()).as(where).isEqualTo(free);
            }
        }

        /** What the journal takes was kept for it already, so nobody has less for that. */
        private void moveJournal() {
            int width = 1 + random.nextInt(geometry.luns());
            int before = pool.available(width);
            if (pool.keptForJournal() > 0 && free > 0) {
                int block = pool.takeForJournal(random.nextInt(geometry.blocks() + 1) - 1);
                assertThat(block).as(where).isNotNegative();
                assertThat(pool.available(width)).as(where).isEqualTo(before);
                journal.add(block);
                free--;
            } else if (!journal.isEmpty()) {
                pool.addFromJournal(journal.remove(random.nextInt(journal.size())), random.nextBoolean());
                assertThat(pool.available(width)).as(where).isGreaterThanOrEqualTo(before - 1);
                free++;
            }
        }

        private void take(int width) {
            int before = pool.available(width);
            List<Integer> blocks = pool.take(STREAMS[random.nextInt(STREAMS.length)], width);
            if (before == 0) {
                assertThat(blocks).as(where).isEmpty();
                return;
            }
            assertThat(blocks).as(where).hasSize(width);
            assertThat(pool.available(width)).as(where).isEqualTo(before - 1);
            HashSet<Integer> luns = new HashSet<>();
            for (int block : blocks) {
                assertThat(luns.add(block / geometry.blocksPerLun()))
                        .as(where + ", " + blocks)
                        .isTrue();
                assertThat(full).as(where).doesNotContain(block);
                assertThat(open).as(where).noneMatch(each -> each.contains(block));
            }
            open.add(blocks);
            free -= width;
        }
    }

    @Example
    void wrongChoicesAreNamed() {
        for (int[] wrong : new int[][] {{0, 0}, {0, 4}, {-1, 1}, {0, 3}}) {
            Placement placement = (stream, width, luns, chosen) -> System.arraycopy(wrong, 0, chosen, 0, width);
            Geometry geometry = new Geometry(2, 2, 2, 8, 512, 0);
            BlockPool pool = new BlockPool(Scheduler.real(), geometry, List.of(0, 1, 2, 3), placement, 0);
            List.of(0, 2, 4).forEach(pool::addFree);
            assertThatThrownBy(() -> pool.take(Stream.DATA, 2))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("chose " + Arrays.toString(wrong) + " of 4 LUNs");
            assertThat(pool.freeBlocks()).isEqualTo(3);
        }
    }
}
