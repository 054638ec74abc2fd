package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.WearPolicy;
import io.ocssd.gc.WearPolicyProvider;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.policy.PolicyInfo;
import io.ocssd.policy.PolicyOption;
import java.util.List;

/**
 * Opens the free unit that was erased least, for pages that are moved the one that was erased most, and empties the full unit
 * that was erased least when the most erased one is too far ahead of it. Calls are O(log units).
 */
final class LevelledWear implements WearPolicy {
    private final long gap;
    /** Free units by their erases, and full ones: two heaps of one forest. */
    private final HeapForest byErases;

    /** Free units by their erases, the most erased first. */
    private final HeapForest byErasesDown;

    private final long[] erases;
    private int leastFree = HeapForest.EMPTY;
    private int mostFree = HeapForest.EMPTY;
    private int leastFull = HeapForest.EMPTY;
    private long most;

    LevelledWear(GcShape shape, long gap) {
        this.gap = gap;
        this.byErases = new HeapForest(shape.units());
        this.byErasesDown = new HeapForest(shape.units());
        this.erases = new long[shape.units()];
    }

    @Override
    public void free(int unit, long erased) {
        erases[unit] = erased;
        most = Math.max(most, erased);
        leastFree = byErases.add(leastFree, unit, erased);
        mostFree = byErasesDown.add(mostFree, unit, -erased);
    }

    @Override
    public int take(boolean relocated) {
        int unit = relocated ? mostFree : leastFree;
        leastFree = byErases.remove(leastFree, unit);
        mostFree = byErasesDown.remove(mostFree, unit);
        return unit;
    }

    @Override
    public void full(int unit) {
        leastFull = byErases.add(leastFull, unit, erases[unit]);
    }

    @Override
    public void taken(int unit) {
        leastFull = byErases.remove(leastFull, unit);
    }

    @Override
    public int victim() {
        return leastFull != HeapForest.EMPTY && most - erases[leastFull] > gap ? leastFull : NONE;
    }

    /** Describes and makes it. */
    public static final class Provider implements WearPolicyProvider {
        private static final PolicyInfo INFO = new PolicyInfo(
                "levelled",
                "the least erased free unit; full units are emptied when they lag too far behind",
                List.of(new PolicyOption(
                        "gap", "erases that a full unit may be behind the most erased one", 1, 1 << 30, 16)));

        /** For {@link java.util.ServiceLoader}. */
        public Provider() {}

        @Override
        public PolicyInfo info() {
            return INFO;
        }

        @Override
        public WearPolicy create(PolicyChoice choice, GcShape shape) {
            INFO.check(choice);
            return new LevelledWear(shape, INFO.value(choice, "gap"));
        }
    }
}
