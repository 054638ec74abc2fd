package io.ocssd.lsm.workload;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Judges what a store holds after a crash against its {@link History}.
 *
 * <p>A key may hold its acknowledged state or that of a later operation. All keys together must hold what they held after
 * some prefix of the operations since the last sync: each observed state leaves a range of lengths of that prefix possible,
 * and one length must be possible for every key.
 */
final class Survivors {
    /** Observed: the key has no value. */
    static final long ABSENT = Long.MIN_VALUE;
    /** Observed: a value that no operation made. */
    static final long FOREIGN = Long.MIN_VALUE + 1;

    private final History history;
    private final Map<Integer, List<Integer>> pendingOf = new HashMap<>();
    /** How many keys more allow a prefix of length i than one of length i - 1. */
    private final int[] allowedDifferences;

    private int lost;
    private int resurrected;
    private int damaged;

    Survivors(History history) {
        this.history = history;
        this.allowedDifferences = new int[history.pending() + 2];
        for (int i = 0; i < history.pending(); i++) {
            pendingOf
                    .computeIfAbsent(history.pendingKey(i), key -> new ArrayList<>())
                    .add(i);
        }
    }

    /**
     * Judges one key.
     *
     * @param observed the operation that its value is of, {@link #ABSENT} or {@link #FOREIGN}
     */
    void judge(int key, long observed) {
        List<Integer> later = pendingOf.getOrDefault(key, List.of());
        int end = history.pending();
        boolean found = allow(history.acknowledged(key), observed, 0, later.isEmpty() ? end : later.get(0));
        for (int i = 0; i < later.size(); i++) {
            int next = i + 1 < later.size() ? later.get(i + 1) : end;
            found |= allow(history.pendingState(later.get(i)), observed, later.get(i) + 1, next);
        }
        if (found) {
            return;
        }
        if (observed == FOREIGN) {
            damaged++;
        } else if (history.acknowledged(key) < 0) {
            resurrected++;
        } else {
            lost++;
        }
    }

    private boolean allow(long state, long observed, int first, int last) {
        boolean same = state < 0 ? observed == ABSENT : observed == state;
        if (same) {
            allowedDifferences[first]++;
            allowedDifferences[last + 1]--;
        }
        return same;
    }

    /** How many operations since the last sync survived at most, or -1 when no prefix of them fits what was observed. */
    int survivingPrefix() {
        int allowed = 0;
        int longest = -1;
        for (int length = 0; length <= history.pending(); length++) {
            allowed += allowedDifferences[length];
            if (allowed == history.keys()) {
                longest = length;
            }
        }
        return longest;
    }

    /** Keys whose acknowledged value is gone, or an older one is there. */
    int lost() {
        return lost;
    }

    /** Keys whose delete was acknowledged and that have an older value. */
    int resurrected() {
        return resurrected;
    }

    /** Keys with a value that was never put. */
    int damaged() {
        return damaged;
    }
}
