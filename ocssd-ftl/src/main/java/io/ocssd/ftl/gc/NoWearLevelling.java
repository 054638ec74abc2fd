package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.WearPolicy;
import io.ocssd.gc.WearPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** Free units in the order in which they became free; no unit is emptied for its wear. */
final class NoWearLevelling implements WearPolicy {
    private final FillOrder free;

    NoWearLevelling(GcShape shape) {
        this.free = new FillOrder(shape.units());
    }

    @Override
    public void free(int unit, long erases) {
        free.append(unit);
    }

    @Override
    public int take(boolean relocated) {
        int unit = free.oldest();
        free.remove(unit);
        return unit;
    }

    @Override
    public void full(int unit) {
        // Wear is not looked at.
    }

    @Override
    public void taken(int unit) {
        // Wear is not looked at.
    }

    @Override
    public int victim() {
        return NONE;
    }

    /** Describes and makes it. */
    public static final class Provider implements WearPolicyProvider {
        private static final PolicyInfo INFO =
                new PolicyInfo("none", "free units in turn, whatever their wear", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public WearPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new NoWearLevelling(shape);
        }
    }
}
