package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.policy.PolicyOption;
import io.ocssd.vblock.Stream;
import java.util.Comparator;
import java.util.List;

/**
 * A few LUNs are written at a time, and others with every block that is full, so that most reads find a LUN that does nothing
 * else: the LightNVM paper (FAST'17), section 5.4. Only a vblock that is wider makes it more.
 */
final class ActiveLuns implements Placement {
    private final Ranking ranking = new Ranking();
    private final int most;

    ActiveLuns(int most) {
        this.most = most;
    }

    @Override
    public void choose(Stream stream, int width, LunStates luns, int[] chosen) {
        int active = 0;
        for (int place = 0; place < luns.count(); place++) {
            active += luns.openBlocks(place) > 0 ? 1 : 0;
        }
        if (active + width <= most) {
            ranking.choose(width, luns, Comparator.comparing(place -> luns.openBlocks(place) > 0), chosen);
        } else {
            // Those that are written already come first, the least loaded of them above all.
            Comparator<Integer> order = Comparator.comparing(place -> luns.openBlocks(place) == 0);
            ranking.choose(width, luns, order.thenComparingInt(luns::openBlocks), chosen);
        }
    }

    /** Describes and makes it. */
    public static final class Provider implements PlacementProvider {
        private static final String LUNS = "luns";
        private static final PolicyInfo INFO = new PolicyInfo(
                "active-luns",
                "a few LUNs are written at a time, others with every full block: most reads find an idle LUN",
                List.of(new PolicyOption(LUNS, "LUNs that are written at a time", 1, 1 << 16, 4)));

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Placement create(PolicyChoice choice) {
            INFO.check(choice);
            return new ActiveLuns((int) INFO.value(choice, LUNS));
        }
    }
}
