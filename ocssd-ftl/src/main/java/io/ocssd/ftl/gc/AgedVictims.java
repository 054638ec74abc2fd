package io.ocssd.ftl.gc;

import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import java.util.Arrays;

/**
 * The candidate that yields most for its age. Among those with the same number of valid pages that is the oldest one, so it
 * is enough to compare the oldest of each number: a choice costs a step for each page of a unit, however many units there
 * are, and a page that dies O(log units).
 */
final class AgedVictims implements VictimPolicy {
    /** What a unit is worth. */
    @FunctionalInterface
    interface Worth {
        /**
         * Of a unit that has both valid and dead pages.
         *
         * @param valid share of its pages
         * @param age user page writes, at least 1
         */
        double of(double valid, double age);
    }

    private final int pagesPerUnit;
    private final Worth worth;
    private final boolean sinceDeath;
    private final HeapForest byAge;
    private final int[] oldest;
    private final int[] validPages;

    /**
     * A policy.
     *
     * @param sinceDeath whether age begins when a page died there last, not when the last one was written
     */
    AgedVictims(GcShape shape, Worth worth, boolean sinceDeath) {
        this.pagesPerUnit = shape.pagesPerUnit();
        this.worth = worth;
        this.sinceDeath = sinceDeath;
        this.byAge = new HeapForest(shape.units());
        this.oldest = new int[pagesPerUnit + 1];
        this.validPages = new int[shape.units()];
        Arrays.fill(oldest, HeapForest.EMPTY);
    }

    @Override
    public void full(int unit, int valid, long now) {
        add(unit, valid, now);
    }

    @Override
    public void pageDied(int unit, int valid, long now) {
        taken(unit);
        add(unit, valid, sinceDeath ? now : byAge.key(unit));
    }

    @Override
    public void taken(int unit) {
        int valid = validPages[unit];
        oldest[valid] = byAge.remove(oldest[valid], unit);
    }

    @Override
    public int choose(long now) {
        if (oldest[0] != HeapForest.EMPTY) {
            return oldest[0];
        }
        int best = NONE;
        double most = 0;
        for (int valid = 1; valid < pagesPerUnit; valid++) {
            int unit = oldest[valid];
            if (unit != HeapForest.EMPTY) {
                double value = worth.of((double) valid / pagesPerUnit, now - byAge.key(unit) + 1.0);
                if (value > most) {
                    most = value;
                    best = unit;
                }
            }
        }
        return best == NONE ? oldest[pagesPerUnit] : best;
    }

    private void add(int unit, int valid, long since) {
        validPages[unit] = valid;
        oldest[valid] = byAge.add(oldest[valid], unit, since);
    }
}
