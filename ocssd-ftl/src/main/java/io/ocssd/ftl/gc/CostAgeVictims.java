package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** Benefit by cost where reading is charged twice, as in Kawaguchi (USENIX'95). */
final class CostAgeVictims {
    private CostAgeVictims() {}

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "cost-age", "most of (1 - u) age / 2u, u the valid share, age since the last write", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new AgedVictims(shape, (valid, age) -> age * (1 - valid) / (2 * valid), false);
        }
    }
}
