package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.vblock.Stream;
import java.util.List;

/** All LUNs in turn, whatever they do. */
final class AllLuns implements Placement {
    private final Ranking ranking = new Ranking();

    @Override
    public void choose(Stream stream, int width, LunStates luns, int[] chosen) {
        ranking.choose(width, luns, chosen);
    }

    /** Describes and makes it. */
    public static final class Provider implements PlacementProvider {
        private static final PolicyInfo INFO =
                new PolicyInfo("all-luns", "all LUNs in turn, whatever they do", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Placement create(PolicyChoice choice) {
            INFO.check(choice);
            return new AllLuns();
        }
    }
}
