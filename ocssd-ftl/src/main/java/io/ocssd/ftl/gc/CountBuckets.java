package io.ocssd.ftl.gc;

import java.util.Arrays;

/**
 * Units in lists by their number of valid pages; the unit that came to a list last is first in it. Not thread-safe.
 *
 * <p>Adding and removing is O(1). So is finding the least, if a page costs one step: the search for it goes up by no more
 * than what removals took it, and down by the steps that counts fell.
 */
final class CountBuckets {
    private static final int NONE = -1;

    private final int[] firsts;
    private final int[] next;
    private final int[] previous;
    private final int[] counts;
    private int size;
    /** No list below this one has a unit. */
    private int least;

    CountBuckets(int units, int mostPages) {
        this.firsts = new int[mostPages + 1];
        this.next = new int[units];
        this.previous = new int[units];
        this.counts = new int[units];
        Arrays.fill(firsts, NONE);
    }

    int size() {
        return size;
    }

    void add(int unit, int count) {
        counts[unit] = count;
        int first = firsts[count];
        next[unit] = first;
        previous[unit] = NONE;
        if (first != NONE) {
            previous[first] = unit;
        }
        firsts[count] = unit;
        least = Math.min(least, count);
        size++;
    }

    void remove(int unit) {
        int before = previous[unit];
        int behind = next[unit];
        if (before == NONE) {
            firsts[counts[unit]] = behind;
        } else {
            next[before] = behind;
        }
        if (behind != NONE) {
            previous[behind] = before;
        }
        size--;
    }

    void move(int unit, int count) {
        remove(unit);
        add(unit, count);
    }

    /** A unit with the fewest valid pages, or -1. */
    int first() {
        if (size == 0) {
            return NONE;
        }
        while (firsts[least] == NONE) {
            least++;
        }
        return firsts[least];
    }
}
