package io.ocssd.geometry.decorator.faults;

import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Seeded chance that depends on what is done to a block and not on what is done elsewhere: the n-th program, read or erase
 * of a block draws the same whatever other LUNs and threads do. Thread-safe.
 */
final class Draws {
    private final long seed;
    private final AtomicIntegerArray counts;

    Draws(long seed, int blocks) {
        this.seed = seed;
        this.counts = new AtomicIntegerArray(blocks);
    }

    /** Counts one more command at a block, and returns what faults draw from. */
    long next(int block) {
        return key(seed, (long) block << Integer.SIZE | (counts.getAndIncrement(block) & 0xFFFF_FFFFL));
    }

    /** A number to draw from. */
    static long key(long seed, long number) {
        return mix(seed ^ mix(number));
    }

    /** What fault number {@code id} draws from a key: all 64 bits are equally likely. */
    static long draw(long key, long id) {
        return mix(key + id * 0x9E37_79B9_7F4A_7C15L);
    }

    /** One of 0 to {@code bound - 1}. */
    static int choose(long drawn, int bound) {
        return (int) Long.remainderUnsigned(mix(drawn), bound);
    }

    /** The finalizer of SplitMix64. */
    private static long mix(long value) {
        long z = value + 0x9E37_79B9_7F4A_7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return z ^ (z >>> 31);
    }
}
