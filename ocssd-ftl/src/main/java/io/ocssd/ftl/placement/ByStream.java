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
 * Streams have LUNs of their own, so that an append to the log does not wait behind a compaction. A stream whose LUNs are full
 * or too few goes to the others', where the fewest blocks are open.
 */
final class ByStream implements Placement {
    private final Ranking ranking = new Ranking();
    /** LUNs of each stream, by its ordinal; 0 for those that share what is left. */
    private final int[] shares;

    private final int owned;

    ByStream(int[] shares) {
        this.shares = shares;
        int sum = 0;
        for (int each : shares) {
            sum += each;
        }
        this.owned = sum;
    }

    @Override
    public void choose(Stream stream, int width, LunStates luns, int[] chosen) {
        // With nothing left to share, nobody has LUNs of its own.
        boolean apart = owned < luns.count();
        Comparator<Integer> order = Comparator.comparing(place -> apart && owner(place) != owner(stream));
        ranking.choose(width, luns, order.thenComparing(LeastLoaded.order(luns)), chosen);
    }

    /** The ordinal of the stream that a LUN belongs to, or -1 when it is shared. */
    private int owner(int place) {
        int end = 0;
        for (int stream = 0; stream < shares.length; stream++) {
            end += shares[stream];
            if (place < end) {
                return stream;
            }
        }
        return -1;
    }

    private int owner(Stream stream) {
        return shares[stream.ordinal()] == 0 ? -1 : stream.ordinal();
    }

    /** Describes and makes it. */
    public static final class Provider implements PlacementProvider {
        private static final int MOST = 1 << 16;
        private static final PolicyInfo INFO = new PolicyInfo(
                "by-stream",
                "streams on LUNs of their own, as long as there are others left for the rest",
                List.of(
                        new PolicyOption(Stream.LOG.label(), "LUNs of the log; 0: it shares the rest", 0, MOST, 1),
                        new PolicyOption(Stream.METADATA.label(), "LUNs of metadata", 0, MOST, 0),
                        new PolicyOption(Stream.DATA.label(), "LUNs of data", 0, MOST, 0),
                        new PolicyOption(Stream.GC.label(), "LUNs of what garbage collection moves", 0, MOST, 0)));

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Placement create(PolicyChoice choice) {
            INFO.check(choice);
            int[] shares = new int[Stream.values().length];
            for (Stream each : Stream.values()) {
                shares[each.ordinal()] = (int) INFO.value(choice, each.label());
            }
            return new ByStream(shares);
        }
    }
}
