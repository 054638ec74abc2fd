package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** A policy as somebody else would write it: the unit that was filled last. */
public final class YoungestFirst implements VictimPolicyProvider {
    private static final PolicyInfo INFO = new PolicyInfo("youngest-first", "the unit that was filled last", List.of());

    @Override
    public PolicyInfo info() {
        return INFO;
    }

    @Override
    public VictimPolicy create(PolicyChoice choice, GcShape shape) {
        INFO.check(choice);
        Deque<Integer> filled = new ArrayDeque<>();
        return new VictimPolicy() {
            @Override
            public void full(int unit, int validPages, long now) {
                filled.addFirst(unit);
            }

            @Override
            public void pageDied(int unit, int validPages, long now) {
                // Only age counts.
            }

            @Override
            public void taken(int unit) {
                filled.remove(unit);
            }

            @Override
            public int choose(long now) {
                return filled.isEmpty() ? NONE : filled.peekFirst();
            }
        };
    }
}
