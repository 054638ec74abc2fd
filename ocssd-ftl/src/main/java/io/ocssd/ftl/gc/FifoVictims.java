package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** The candidate that was filled first. O(1). */
final class FifoVictims implements VictimPolicy {
    private final FillOrder order;

    FifoVictims(GcShape shape) {
        this.order = new FillOrder(shape.units());
    }

    @Override
    public void full(int unit, int validPages, long now) {
        order.append(unit);
    }

    @Override
    public void pageDied(int unit, int validPages, long now) {
        // Only age counts.
    }

    @Override
    public void taken(int unit) {
        order.remove(unit);
    }

    @Override
    public int choose(long now) {
        return order.oldest();
    }

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo("fifo", "the unit that was filled first", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new FifoVictims(shape);
        }
    }
}
