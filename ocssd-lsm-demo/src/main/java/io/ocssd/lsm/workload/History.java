package io.ocssd.lsm.workload;

import java.util.Arrays;

/**
 * What every key of the demo must hold: the state that was acknowledged by the last sync, and the operations since, in
 * their order.
 *
 * <p>States are numbered by the operation that made them: 0 is the load, n the put number n, -n the delete number n.
 */
final class History {
    private final long[] acknowledged;
    private final boolean[] present;
    private int[] pendingKeys = new int[64];
    private boolean[] pendingPuts = new boolean[64];
    private int pending;
    private long acknowledgedOperations;

    /** All keys were loaded, and that was synced. */
    History(int keys) {
        acknowledged = new long[keys];
        present = new boolean[keys];
        Arrays.fill(present, true);
    }

    int keys() {
        return acknowledged.length;
    }

    /** Whether the key has a value, synced or not. */
    boolean isPresent(int key) {
        return present[key];
    }

    /** Number of the next operation, which is begun now: a crash may or may not keep it. */
    long begin(int key, boolean put) {
        if (pending == pendingKeys.length) {
            pendingKeys = Arrays.copyOf(pendingKeys, 2 * pending);
            pendingPuts = Arrays.copyOf(pendingPuts, 2 * pending);
        }
        pendingKeys[pending] = key;
        pendingPuts[pending] = put;
        pending++;
        present[key] = put;
        return acknowledgedOperations + pending;
    }

    /** A sync returned. */
    void synced() {
        for (int i = 0; i < pending; i++) {
            acknowledged[pendingKeys[i]] = pendingState(i);
        }
        acknowledgedOperations += pending;
        pending = 0;
    }

    /** The acknowledged state of a key. */
    long acknowledged(int key) {
        return acknowledged[key];
    }

    /** Operations since the last sync. */
    int pending() {
        return pending;
    }

    /** The key of one of them. */
    int pendingKey(int index) {
        return pendingKeys[index];
    }

    /** The state that one of them makes. */
    long pendingState(int index) {
        long operation = acknowledgedOperations + index + 1;
        return pendingPuts[index] ? operation : -operation;
    }
}
