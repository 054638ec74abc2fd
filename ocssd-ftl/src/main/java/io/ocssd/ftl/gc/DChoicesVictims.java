package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.policy.PolicyOption;
import java.util.List;

/** The one with the fewest valid pages of a few that are drawn; one may be drawn twice (Van Houdt, SIGMETRICS'13). O(d). */
final class DChoicesVictims implements VictimPolicy {
    private final CandidateArray candidates;
    private final int[] validPages;
    private final int choices;

    DChoicesVictims(GcShape shape, int choices) {
        this.candidates = new CandidateArray(shape.units(), shape.seed());
        this.validPages = new int[shape.units()];
        this.choices = choices;
    }

    @Override
    public void full(int unit, int valid, long now) {
        candidates.add(unit);
        validPages[unit] = valid;
    }

    @Override
    public void pageDied(int unit, int valid, long now) {
        validPages[unit] = valid;
    }

    @Override
    public void taken(int unit) {
        candidates.remove(unit);
    }

    @Override
    public int choose(long now) {
        if (candidates.size() == 0) {
            return NONE;
        }
        int best = candidates.draw();
        for (int i = 1; i < choices; i++) {
            int other = candidates.draw();
            if (validPages[other] < validPages[best]) {
                best = other;
            }
        }
        return best;
    }

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "d-choices",
                "the best of a few units that are drawn",
                List.of(new PolicyOption("d", "units that are drawn", 1, 1 << 10, 10)));

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new DChoicesVictims(shape, (int) INFO.value(choice, "d"));
        }
    }
}
