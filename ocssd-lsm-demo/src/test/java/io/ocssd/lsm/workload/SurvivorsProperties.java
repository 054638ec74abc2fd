package io.ocssd.lsm.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class SurvivorsProperties {
    /** What a store holds after any prefix of the operations since the last sync is accepted, and found to be one. */
    @Property(tries = 300)
    void everyPrefixIsAccepted(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 6) int keys,
            @ForAll @IntRange(max = 20) int synced,
            @ForAll @IntRange(max = 20) int unsynced) {
        SplittableRandom random = new SplittableRandom(seed);
        History history = new History(keys);
        long[] held = new long[keys];
        operate(history, held, random, synced);
        history.synced();
        int prefix = random.nextInt(unsynced + 1);
        operate(history, held, random, prefix);
        operate(history, held.clone(), random, unsynced - prefix);

        Survivors survivors = new Survivors(history);
        for (int key = 0; key < keys; key++) {
            survivors.judge(key, held[key]);
        }
        assertThat(survivors.lost() + survivors.resurrected() + survivors.damaged())
                .as("findings, seed=%d", seed)
                .isZero();
        assertThat(survivors.survivingPrefix()).as("prefix, seed=%d", seed).isBetween(prefix, unsynced);
    }

    private static void operate(History history, long[] held, SplittableRandom random, int operations) {
        for (int i = 0; i < operations; i++) {
            int key = random.nextInt(held.length);
            boolean put = random.nextBoolean();
            long operation = history.begin(key, put);
            held[key] = put ? operation : Survivors.ABSENT;
        }
    }
}
