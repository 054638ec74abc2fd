package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.vblock.Stream;
import java.util.Comparator;
import java.util.List;

/** LUNs whose next block was erased least often; among equals those with the fewest open blocks. */
final class WearAware implements Placement {
    private final Ranking ranking = new Ranking();

    @Override
    public void choose(Stream stream, int width, LunStates luns, int[] chosen) {
        Comparator<Integer> order = Comparator.comparingLong(luns::nextEraseCount);
        ranking.choose(width, luns, order.thenComparingInt(luns::openBlocks), chosen);
    }

    /** Describes and makes it. */
    public static final class Provider implements PlacementProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "wear-aware",
                "LUNs whose next block was erased least often, then those with the fewest open blocks",
                List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Placement create(PolicyChoice choice) {
            INFO.check(choice);
            return new WearAware();
        }
    }
}
