package io.ocssd.ftl.gc;

import java.util.SplittableRandom;

/** Units of which one can be drawn; adding, removing and drawing are O(1). Not thread-safe. */
final class CandidateArray {
    private final int[] units;
    private final int[] places;
    private final SplittableRandom random;
    private int size;

    CandidateArray(int units, long seed) {
        this.units = new int[units];
        this.places = new int[units];
        this.random = new SplittableRandom(seed);
    }

    int size() {
        return size;
    }

    void add(int unit) {
        places[unit] = size;
        units[size++] = unit;
    }

    void remove(int unit) {
        int last = units[--size];
        units[places[unit]] = last;
        places[last] = places[unit];
    }

    /** Any of them, all equally likely. There is one. */
    int draw() {
        return units[random.nextInt(size)];
    }
}
