package io.ocssd.lsm.workload;

import io.ocssd.lsm.KvStore;
import java.io.IOException;
import java.util.SplittableRandom;

/** Passes that rewrite a random third of the keys and delete a random tenth, with a sync every so many operations. */
final class Churn {
    /** Of 13 operations 10 are puts and 3 are deletes, on 13 of 30 keys: a third and a tenth. */
    private static final int CYCLE = 13;

    private static final int PUTS_OF_CYCLE = 10;
    private static final int KEYS_OF_CYCLE = 30;

    private final Source source;
    private final History history;
    private final SplittableRandom random;
    private final int syncEvery;

    private long puts;
    private long deletes;
    private long syncs;
    private long userBytes;

    Churn(Source source, History history, SplittableRandom random, int syncEvery) {
        this.source = source;
        this.history = history;
        this.random = random;
        this.syncEvery = syncEvery;
    }

    /** Asked after every sync, and before every operation. */
    interface Watch {
        /** A sync returned; whether the pass should end here. */
        boolean synced() throws IOException;

        /** Before an operation. */
        void before() throws DemoStoppedException;
    }

    /** Makes a pass; true when the watch ended it. */
    boolean pass(KvStore store, Watch watch) throws IOException, DemoStoppedException {
        int[] order = Permutation.of(source.size(), random);
        int operations = (int) ((long) source.size() * CYCLE / KEYS_OF_CYCLE);
        for (int i = 0; i < Math.max(1, operations); i++) {
            watch.before();
            operate(store, order[i], i % CYCLE < PUTS_OF_CYCLE);
            if (history.pending() >= syncEvery && sync(store) && watch.synced()) {
                return true;
            }
        }
        return history.pending() > 0 && sync(store) && watch.synced();
    }

    private void operate(KvStore store, int key, boolean put) throws IOException {
        byte[] keyBytes = source.key(key);
        if (put) {
            byte[] bytes = source.value(key);
            byte[] value = Values.of(history.begin(key, true), bytes);
            puts++;
            userBytes += keyBytes.length + value.length;
            store.put(keyBytes, value);
        } else if (history.isPresent(key)) {
            history.begin(key, false);
            deletes++;
            userBytes += keyBytes.length;
            store.delete(keyBytes);
        }
    }

    private boolean sync(KvStore store) throws IOException {
        store.sync();
        history.synced();
        syncs++;
        return true;
    }

    long puts() {
        return puts;
    }

    long deletes() {
        return deletes;
    }

    long syncs() {
        return syncs;
    }

    /** Keys and values handed to puts and deletes. */
    long userBytes() {
        return userBytes;
    }
}
