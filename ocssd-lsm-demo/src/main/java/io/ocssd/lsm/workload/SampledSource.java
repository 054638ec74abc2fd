package io.ocssd.lsm.workload;

import java.io.IOException;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Some entries of a source, chosen by a seed, in the same order. */
public final class SampledSource implements Source {
    private final Source all;
    private final int[] chosen;

    private SampledSource(Source all, int[] chosen) {
        this.all = all;
        this.chosen = chosen;
    }

    /** Chooses {@code count} entries; all when there are no more. */
    public static Source of(Source all, int count, long seed) {
        if (count >= all.size()) {
            return all;
        }
        int[] chosen = Arrays.copyOf(Permutation.of(all.size(), new SplittableRandom(seed)), count);
        Arrays.sort(chosen);
        return of(all, chosen);
    }

    /**
     * Chooses entries.
     *
     * @param chosen their numbers, ascending
     */
    static Source of(Source all, int[] chosen) {
        return new SampledSource(all, chosen);
    }

    @Override
    public int size() {
        return chosen.length;
    }

    @Override
    public byte[] key(int index) {
        return all.key(chosen[index]);
    }

    @Override
    public long valueBytes(int index) {
        return all.valueBytes(chosen[index]);
    }

    @Override
    public byte[] value(int index) throws IOException {
        return all.value(chosen[index]);
    }
}
