package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.Geometry;
import java.util.List;

/**
 * Where a label can be: among the first blocks of LUN 0 of channels 0 and 1; of LUNs 0 and 1 on a drive with one channel;
 * with one LUN, the only copy there. It begins in {@link #candidates}; when blocks of it fail it may move to any of {@link
 * #reach}.
 */
final class LabelPlaces {
    /** Blocks of a label LUN that can hold the first label. */
    static final int CANDIDATES = 8;
    /** Blocks of a label LUN that can hold a later one. Each is looked at whenever a drive is opened. */
    private static final int REACH = 64;
    /** With so many blocks on the only LUN, one more for the label does not matter. */
    private static final int BLOCKS_TO_SPARE = 32;

    private LabelPlaces() {}

    /** Copies of the label on drives of this geometry. */
    static int copies(Geometry geometry) {
        return Math.min(Label.MOST_COPIES, geometry.luns());
    }

    /** Blocks of each copy: of the only one three where there are many, so that one of them may fail for good. */
    static int slots(Geometry geometry) {
        return copies(geometry) == 1 && geometry.blocksPerLun() >= BLOCKS_TO_SPARE ? 3 : 2;
    }

    /** Linear number of the LUN of a copy. */
    static int lun(Geometry geometry, int copy) {
        if (copy == 0) {
            return 0;
        }
        return geometry.channels() > 1 ? geometry.lunsPerChannel() : 1;
    }

    /** Linear numbers of all blocks that can hold the first label, ascending. */
    static List<Integer> candidates(Geometry geometry) {
        return firstBlocks(geometry, CANDIDATES);
    }

    /** Linear numbers of all blocks that can hold a label, ascending. */
    static List<Integer> reach(Geometry geometry) {
        return firstBlocks(geometry, REACH);
    }

    private static List<Integer> firstBlocks(Geometry geometry, int most) {
        ImmutableList.Builder<Integer> blocks = ImmutableList.builder();
        for (int copy = 0; copy < copies(geometry); copy++) {
            int first = lun(geometry, copy) * geometry.blocksPerLun();
            for (int block = first; block < first + Math.min(most, geometry.blocksPerLun()); block++) {
                blocks.add(block);
            }
        }
        return blocks.build();
    }
}
