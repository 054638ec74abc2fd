package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.Pacer;
import io.ocssd.gc.PacerProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import java.util.List;

/** Nothing is done ahead: who finds no free unit waits until one is empty. */
final class OnDemandPacer implements Pacer {
    @Override
    public int moves(int freeUnits, int reserveUnits) {
        return 0;
    }

    /** Describes and makes it. */
    public static final class Provider implements PacerProvider {
        private static final PolicyInfo INFO =
                new PolicyInfo("on-demand", "nothing is done ahead; a writer waits until a unit is empty", List.of());

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Pacer create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new OnDemandPacer();
        }
    }
}
