package io.ocssd.ftl.placement;

import io.ocssd.placement.LunStates;
import io.ocssd.placement.Placement;
import io.ocssd.placement.PlacementProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.vblock.Stream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All of a vblock on one channel, the next vblock on the next one, so that writers do not meet on a bus. A vblock too wide for
 * that goes to as few channels as can be.
 */
final class OneChannel implements Placement {
    private final Ranking ranking = new Ranking();
    private int last = Integer.MAX_VALUE;

    @Override
    public void choose(Stream stream, int width, LunStates luns, int[] chosen) {
        Map<Integer, Integer> free = new TreeMap<>();
        for (int place = 0; place < luns.count(); place++) {
            free.merge(luns.channel(place), luns.freeBlocks(place) > 0 ? 1 : 0, Integer::sum);
        }
        int channel = next(free, width);
        if (channel >= 0) {
            last = channel;
        }
        Comparator<Integer> order = Comparator.comparing(place -> luns.channel(place) != channel);
        // Without a channel that is wide enough, the widest come first.
        ranking.choose(
                width,
                luns,
                order.thenComparingInt(place -> -free.get(luns.channel(place)))
                        .thenComparingInt(luns::channel)
                        .thenComparing(LeastLoaded.order(luns)),
                chosen);
    }

    /** The first channel behind the last one on which so many LUNs have a free block, or -1. */
    private int next(Map<Integer, Integer> free, int width) {
        int first = -1;
        for (Map.Entry<Integer, Integer> each : free.entrySet()) {
            if (each.getValue() < width) {
                continue;
            }
            if (each.getKey() > last) {
                return each.getKey();
            }
            first = first < 0 ? each.getKey() : first;
        }
        return first;
    }

    /** Describes and makes it. */
    public static final class Provider implements PlacementProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "one-channel",
                "each vblock on one channel, the next on the next one; wide ones on as few as can be",
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
            return new OneChannel();
        }
    }
}
