package io.ocssd.ftl.gc;

/**
 * Pairing heaps of units, ordered by a key of each, that share their arrays; a unit is in one of them at most. Not
 * thread-safe. A heap is known by its root, the unit with the least key; among equal keys the one with the lesser number is
 * first. Adding is O(1), removing any unit O(log units) amortised (Fredman et al., Algorithmica 1986).
 */
final class HeapForest {
    /** The root of an empty heap. */
    static final int EMPTY = -1;

    private final int[] children;
    private final int[] next;
    /** The sibling before, or for a first child its parent. */
    private final int[] previous;

    private final long[] keys;

    HeapForest(int units) {
        this.children = new int[units];
        this.next = new int[units];
        this.previous = new int[units];
        this.keys = new long[units];
    }

    long key(int unit) {
        return keys[unit];
    }

    /** Adds a unit; returns the new root. */
    int add(int root, int unit, long key) {
        keys[unit] = key;
        children[unit] = EMPTY;
        next[unit] = EMPTY;
        previous[unit] = EMPTY;
        return meld(root, unit);
    }

    /** Removes a unit of the heap; returns the new root. */
    int remove(int root, int unit) {
        int orphans = meldAll(children[unit]);
        if (unit == root) {
            return orphans;
        }
        int before = previous[unit];
        int behind = next[unit];
        if (children[before] == unit) {
            children[before] = behind;
        } else {
            next[before] = behind;
        }
        if (behind != EMPTY) {
            previous[behind] = before;
        }
        return meld(root, orphans);
    }

    private int meld(int one, int other) {
        if (one == EMPTY) {
            return other;
        }
        if (other == EMPTY) {
            return one;
        }
        boolean first = keys[one] < keys[other] || (keys[one] == keys[other] && one < other);
        int parent = first ? one : other;
        int child = first ? other : one;
        int sibling = children[parent];
        next[child] = sibling;
        if (sibling != EMPTY) {
            previous[sibling] = child;
        }
        previous[child] = parent;
        children[parent] = child;
        next[parent] = EMPTY;
        previous[parent] = EMPTY;
        return parent;
    }

    /** Melds siblings by pairs, then the pairs from the last to the first: that order is what keeps it logarithmic. */
    private int meldAll(int first) {
        int pairs = EMPTY;
        int at = first;
        while (at != EMPTY) {
            int one = at;
            int other = next[one];
            at = other == EMPTY ? EMPTY : next[other];
            int pair = meld(detached(one), other == EMPTY ? EMPTY : detached(other));
            next[pair] = pairs;
            pairs = pair;
        }
        int root = EMPTY;
        while (pairs != EMPTY) {
            int pair = pairs;
            pairs = next[pair];
            root = meld(root, detached(pair));
        }
        return root;
    }

    private int detached(int unit) {
        next[unit] = EMPTY;
        previous[unit] = EMPTY;
        return unit;
    }
}
