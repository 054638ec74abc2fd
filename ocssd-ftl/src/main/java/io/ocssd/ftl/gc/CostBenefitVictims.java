package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** Benefit by cost: what is gained, times how long it is likely to stay so, by reading and writing (Rosenblum, SOSP'91). */
final class CostBenefitVictims {
    private CostBenefitVictims() {}

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "cost-benefit",
                "most of (1 - u) age / (1 + u), u the valid share, age since the last write",
                List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new AgedVictims(shape, (valid, age) -> age * (1 - valid) / (1 + valid), false);
        }
    }
}
