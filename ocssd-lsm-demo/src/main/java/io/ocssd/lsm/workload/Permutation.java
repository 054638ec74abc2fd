package io.ocssd.lsm.workload;

import java.util.SplittableRandom;

/** Random orders. */
final class Permutation {
    private Permutation() {}

    /** The numbers below {@code size} in a random order. */
    static int[] of(int size, SplittableRandom random) {
        int[] order = new int[size];
        for (int i = 0; i < size; i++) {
            int place = random.nextInt(i + 1);
            order[i] = order[place];
            order[place] = i;
        }
        return order;
    }
}
