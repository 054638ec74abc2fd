package io.ocssd.geometry.emulator;

import io.ocssd.device.NvmeStatus;

/**
 * Blocks that wear out, each by an endurance of its own: the drive's endurance times a log-normal factor of spread 0.15.
 *
 * <p>Up to its endurance a block erases without fail; beyond it an erase fails with a probability that reaches 1 when a
 * twentieth more is done, and as many of its sectors read with a high ECC count. A unit of wsMin sectors fails to program once
 * in ten million times, and beyond the endurance once in a thousand. Everything is drawn by hashing the seed with block,
 * erases and sector: a pure function, and so thread-safe.
 *
 * <p>The figures are choices in the range of field studies, not measurements. Beyond a worn block nothing here makes data
 * unreadable.
 */
final class WearFaults implements MediaFaults {
    private static final double SPREAD = 0.15;
    private static final double DYING_SHARE = 0.05;
    private static final double PROGRAM_FAILS = 1e-7;
    private static final double WORN_PROGRAM_FAILS = 1e-3;

    // What is drawn; each a number of its own in the hash.
    private static final long RADIUS = 1;
    private static final long ANGLE = 2;
    private static final long ERASE = 3;
    private static final long UNIT = 4;
    private static final long PLACE = 5;
    private static final long SECTOR = 6;

    private final long seed;
    private final int rated;
    private final int wsMin;
    /** By linear block number; 0 when not drawn yet. Drawn twice it is the same, so that no one waits for another. */
    private final int[] endurance;

    WearFaults(CreationParameters parameters) {
        this.seed = parameters.seed();
        this.rated = parameters.media().endurance();
        this.wsMin = parameters.limits().wsMin();
        this.endurance = new int[parameters.geometry().blocks()];
    }

    /** Erases that a block bears without fail; at least 1. */
    int endurance(int block) {
        int known = endurance[block];
        if (known == 0) {
            double normal = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(RADIUS, block, 0, 0)))
                    * StrictMath.cos(2 * StrictMath.PI * uniform(ANGLE, block, 0, 0));
            double erases = rated * StrictMath.exp(SPREAD * normal);
            known = (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(erases)));
            endurance[block] = known;
        }
        return known;
    }

    @Override
    public int programmed(int block, int erases, int first, int length) {
        double probability = PROGRAM_FAILS + (erases > endurance(block) ? WORN_PROGRAM_FAILS : 0);
        for (int at = 0; at < length; at += wsMin) {
            if (uniform(UNIT, block, erases, first + at) < probability) {
                return at + (int) (uniform(PLACE, block, erases, first + at) * Math.min(wsMin, length - at));
            }
        }
        return length;
    }

    @Override
    public boolean eraseFails(int block, int erases) {
        return uniform(ERASE, block, erases, 0) < dying(block, erases + 1);
    }

    @Override
    public int read(int block, int erases, int sector) {
        return uniform(SECTOR, block, erases, sector) < dying(block, erases) ? NvmeStatus.HIGH_ECC : NvmeStatus.SUCCESS;
    }

    /** How far a block is past its endurance: 0 to 1. */
    private double dying(int block, int erases) {
        int bears = endurance(block);
        return erases <= bears ? 0 : Math.min(1, (erases - bears) / (DYING_SHARE * bears));
    }

    /** From 0 to 1, exclusive. */
    private double uniform(long kind, int block, int erases, int sector) {
        long hash = mix(mix(mix(seed ^ kind) ^ block) ^ ((long) erases << Integer.SIZE | sector));
        return (hash >>> 11) * 0x1p-53;
    }

    /** The finalizer of SplitMix64 over a step of its sequence. */
    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
