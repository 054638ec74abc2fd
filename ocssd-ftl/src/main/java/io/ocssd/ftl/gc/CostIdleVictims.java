package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** Benefit by cost, with the time in which no page died: hot units are left to die on. */
final class CostIdleVictims {
    private CostIdleVictims() {}

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "cost-idle", "most of (1 - u) age / (1 + u), u the valid share, age since the last death", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new AgedVictims(shape, (valid, age) -> age * (1 - valid) / (1 + valid), true);
        }
    }
}
