package io.ocssd.ftl.gc;

/** Units in the order in which they were filled; each call is O(1). Not thread-safe. */
final class FillOrder {
    static final int NONE = -1;

    private final int[] younger;
    private final int[] older;
    private int oldest = NONE;
    private int youngest = NONE;

    FillOrder(int units) {
        this.younger = new int[units];
        this.older = new int[units];
    }

    /** Adds a unit as the youngest. */
    void append(int unit) {
        older[unit] = youngest;
        younger[unit] = NONE;
        if (youngest == NONE) {
            oldest = unit;
        } else {
            younger[youngest] = unit;
        }
        youngest = unit;
    }

    void remove(int unit) {
        if (older[unit] == NONE) {
            oldest = younger[unit];
        } else {
            younger[older[unit]] = younger[unit];
        }
        if (younger[unit] == NONE) {
            youngest = older[unit];
        } else {
            older[younger[unit]] = older[unit];
        }
    }

    int oldest() {
        return oldest;
    }

    int younger(int unit) {
        return younger[unit];
    }

    int older(int unit) {
        return older[unit];
    }
}
