package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** Any candidate, all equally likely. O(1). */
final class RandomVictims implements VictimPolicy {
    private final CandidateArray candidates;

    RandomVictims(GcShape shape) {
        this.candidates = new CandidateArray(shape.units(), shape.seed());
    }

    @Override
    public void full(int unit, int validPages, long now) {
        candidates.add(unit);
    }

    @Override
    public void pageDied(int unit, int validPages, long now) {
        // Chance does not look at it.
    }

    @Override
    public void taken(int unit) {
        candidates.remove(unit);
    }

    @Override
    public int choose(long now) {
        return candidates.size() == 0 ? NONE : candidates.draw();
    }

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo("random", "any full unit, all equally likely", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new RandomVictims(shape);
        }
    }
}
