package io.ocssd.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;

/** For how much of a time something was at work, by the counters of the device. */
final class Utilisation {
    private Utilisation() {}

    /**
     * Fractions by number; null when the device does not tell.
     *
     * @param before nanoseconds at work when the time began, by number; below 0 when the device does not tell
     * @param after the same when the time ended
     * @param count how many there are
     * @param nanos how long the time was
     */
    static List<Double> of(IntToLongFunction before, IntToLongFunction after, int count, long nanos) {
        if (after.applyAsLong(0) < 0 || nanos <= 0) {
            return null;
        }
        List<Double> fractions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            fractions.add((double) (after.applyAsLong(i) - Math.max(0, before.applyAsLong(i))) / nanos);
        }
        return fractions;
    }
}
