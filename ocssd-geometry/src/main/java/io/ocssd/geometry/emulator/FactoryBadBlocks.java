package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;
import java.util.BitSet;
import java.util.SplittableRandom;

/** Which blocks are bad from the start: placed by the seed, and never so many of one LUN that it would be of no use. */
final class FactoryBadBlocks {
    private static final int LEAST_GOOD_PER_LUN = 4;
    private static final int MOST_BAD_FRACTION = 8;

    private FactoryBadBlocks() {}

    /** The most bad blocks that a drive of this geometry can have. */
    static int most(Geometry geometry) {
        return geometry.luns() * mostPerLun(geometry);
    }

    /**
     * Draws the bad blocks.
     *
     * @param count 0 to {@link #most}
     * @return linear block numbers
     */
    static BitSet draw(Geometry geometry, long seed, int count) {
        if (count < 0 || count > most(geometry)) {
            throw new IllegalArgumentException("count=" + count + ", most=" + most(geometry));
        }
        SplittableRandom random = new SplittableRandom(seed);
        int mostPerLun = mostPerLun(geometry);
        int[] badOfLun = new int[geometry.luns()];
        BitSet bad = new BitSet();
        for (int left = count; left > 0; ) {
            int block = random.nextInt(geometry.blocks());
            int lun = block / geometry.blocksPerLun();
            if (badOfLun[lun] < mostPerLun && !bad.get(block)) {
                bad.set(block);
                badOfLun[lun]++;
                left--;
            }
        }
        return bad;
    }

    /** The most bad blocks that one LUN can have. */
    static int mostPerLun(Geometry geometry) {
        int blocks = geometry.blocksPerLun();
        return Math.max(0, Math.min(blocks / MOST_BAD_FRACTION, blocks - LEAST_GOOD_PER_LUN));
    }
}
