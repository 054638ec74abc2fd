package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.VictimPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.policy.PolicyOption;
import java.util.List;

/**
 * The candidate with the fewest valid pages of those that were filled first (Hu et al., SYSTOR'09). The window is a share of
 * the candidates, at least one; a call moves its edge by one unit at most, so each is O(1).
 */
final class WindowedVictims implements VictimPolicy {
    private static final int PERCENT = 100;

    private final FillOrder order;
    private final CountBuckets window;
    private final boolean[] inside;
    private final int[] validPages;
    private final int percent;
    private int size;
    /** The youngest unit of the window; {@link FillOrder#NONE} when it is empty. */
    private int edge = FillOrder.NONE;

    WindowedVictims(GcShape shape, int percent) {
        this.order = new FillOrder(shape.units());
        this.window = new CountBuckets(shape.units(), shape.pagesPerUnit());
        this.inside = new boolean[shape.units()];
        this.validPages = new int[shape.units()];
        this.percent = percent;
    }

    @Override
    public void full(int unit, int valid, long now) {
        validPages[unit] = valid;
        order.append(unit);
        size++;
        fit();
    }

    @Override
    public void pageDied(int unit, int valid, long now) {
        validPages[unit] = valid;
        if (inside[unit]) {
            window.move(unit, valid);
        }
    }

    @Override
    public void taken(int unit) {
        if (inside[unit]) {
            inside[unit] = false;
            window.remove(unit);
            if (unit == edge) {
                edge = order.older(unit);
            }
        }
        order.remove(unit);
        size--;
        fit();
    }

    @Override
    public int choose(long now) {
        return window.first();
    }

    private void fit() {
        int wanted = size == 0 ? 0 : Math.max(1, (int) ((long) size * percent / PERCENT));
        while (window.size() < wanted) {
            edge = edge == FillOrder.NONE ? order.oldest() : order.younger(edge);
            inside[edge] = true;
            window.add(edge, validPages[edge]);
        }
        while (window.size() > wanted) {
            inside[edge] = false;
            window.remove(edge);
            edge = order.older(edge);
        }
    }

    /** Describes and makes it. */
    public static final class Provider implements VictimPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "windowed",
                "the unit with the fewest valid pages of those that were filled first",
                List.of(new PolicyOption("percent", "share of the full units that is looked at", 1, PERCENT, 25)));

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public VictimPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new WindowedVictims(shape, (int) INFO.value(choice, "percent"));
        }
    }
}
