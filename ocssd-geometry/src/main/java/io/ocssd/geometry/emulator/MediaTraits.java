package io.ocssd.geometry.emulator;

/**
 * What the cells of a drive are like; everything of it is placed by the drive's seed.
 *
 * @param factoryBad blocks of the whole drive that are bad from the start
 * @param randomBlocks blocks of each LUN, the first ones, that are written anywhere
 * @param shortBlocks blocks of the whole drive that have fewer sectors than the others
 * @param endurance erases that a block is made for; 0 for a drive that never wears out
 * @param wearThreshold how far the wear index of a block may be from the average before the drive says so; 0 for never
 */
record MediaTraits(int factoryBad, int randomBlocks, int shortBlocks, int endurance, int wearThreshold) {
    static final int MAX_WEAR_INDEX = 255;
    /** What the wear index of a drive counts against that never wears out. */
    private static final int NOMINAL_ENDURANCE = 3000;

    /** Checks every field. */
    MediaTraits {
        if (factoryBad < 0 || randomBlocks < 0 || shortBlocks < 0 || endurance < 0) {
            throw new IllegalArgumentException("factoryBad=" + factoryBad + ", randomBlocks=" + randomBlocks
                    + ", shortBlocks=" + shortBlocks + ", endurance=" + endurance);
        }
        if (wearThreshold < 0 || wearThreshold > MAX_WEAR_INDEX) {
            throw new IllegalArgumentException("wearThreshold=" + wearThreshold + " is not in 0.." + MAX_WEAR_INDEX);
        }
    }

    /** Whether blocks fail and go out of use by being erased. */
    boolean wearsOut() {
        return endurance > 0;
    }

    /** Wear level index of a block that was erased this often: 0 to 255. */
    int wearIndex(int erases) {
        return (int)
                Math.min(MAX_WEAR_INDEX, (long) erases * MAX_WEAR_INDEX / (wearsOut() ? endurance : NOMINAL_ENDURANCE));
    }
}
