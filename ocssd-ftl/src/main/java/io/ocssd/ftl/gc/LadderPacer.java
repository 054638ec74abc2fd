package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.Pacer;
import io.ocssd.gc.PacerProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.policy.PolicyOption;
import java.util.List;

/**
 * A ladder of watermarks above the reserve: on each step down, more pages are moved for a page that is written.
 */
final class LadderPacer implements Pacer {
    private final int steps;
    private final int moves;

    LadderPacer(int steps, int moves) {
        this.steps = steps;
        this.moves = moves;
    }

    @Override
    public int moves(int freeUnits, int reserveUnits) {
        int below = steps - (freeUnits - reserveUnits);
        return below < 0 ? 0 : moves << Math.min(below, 16);
    }

    /** Describes and makes it. */
    public static final class Provider implements PacerProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "ladder",
                "moves pages ahead once few units are free, twice as many with each one less",
                List.of(
                        new PolicyOption("steps", "free units above the reserve at which it begins", 0, 1 << 16, 2),
                        new PolicyOption(
                                "moves", "pages that are moved there for a page that is written", 1, 1 << 10, 1)));

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public Pacer create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new LadderPacer((int) INFO.value(choice, "steps"), (int) INFO.value(choice, "moves"));
        }
    }
}
