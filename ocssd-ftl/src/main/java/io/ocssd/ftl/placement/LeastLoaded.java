package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.vblock.Stream;
import java.util.Comparator;
import java.util.List;

/** LUNs with the fewest open blocks; among equals those with the most free blocks. */
final class LeastLoaded implements Placement {
    private final Ranking ranking = new Ranking();

    @Override
    public void choose(Stream stream, int width, LunStates luns, int[] chosen) {
        ranking.choose(width, luns, order(luns), chosen);
    }

    static Comparator<Integer> order(LunStates luns) {
        Comparator<Integer> order = Comparator.comparingInt(luns::openBlocks);
        return order.thenComparingInt(place -> -luns.freeBlocks(place));
    }

    /** Describes and makes it. */
    public static final class Provider implements PlacementProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "least-loaded", "LUNs with the fewest open blocks, then those with the most free blocks", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Placement create(PolicyChoice choice) {
            INFO.check(choice);
            return new LeastLoaded();
        }
    }
}
