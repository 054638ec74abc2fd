package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** The candidate with the fewest valid pages; among equals the one that lost a page last. O(1). */
final class GreedyVictims implements VictimPolicy {
    private final CountBuckets buckets;

    GreedyVictims(GcShape shape) {
        this.buckets = new CountBuckets(shape.units(), shape.pagesPerUnit());
    }

    @Override
    public void full(int unit, int validPages, long now) {
        buckets.add(unit, validPages);
    }

    @Override
    public void pageDied(int unit, int validPages, long now) {
        buckets.move(unit, validPages);
    }

    @Override
    public void taken(int unit) {
        buckets.remove(unit);
    }

    @Override
    public int choose(long now) {
        return buckets.first();
    }

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO =
                new PolicyInfo("greedy", "the unit with the fewest valid pages", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new GreedyVictims(shape);
        }
    }
}
