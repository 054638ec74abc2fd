package io.ocssd.target;

import io.ocssd.device.Geometry;
import java.util.List;

/**
 * A target as the label has it.
 *
 * @param name its name
 * @param id its id, unique on the drive for ever
 * @param luns its LUNs, by linear number, ascending
 * @param blocks its blocks on a drive of one LUN, ascending; empty when it has its LUNs whole
 * @param overprovision fraction of its usable blocks that only {@link io.ocssd.vblock.Stream#GC} may take
 * @param openBlocks blocks that it may have open for writing at the same time; 0 when nothing limits it
 * @param windowBytes memory for the windows of its vblocks open for writing; 0 for {@link OpenOptions#windowBytes} of whoever
 *     opens the drive
 * @param removing whether its removal was begun and cut short; it can't be opened any more
 */
public record TargetInfo(
        String name,
        int id,
        List<Integer> luns,
        List<BlockRange> blocks,
        double overprovision,
        int openBlocks,
        long windowBytes,
        boolean removing) {
    /** Copies the lists. */
    public TargetInfo {
        luns = List.copyOf(luns);
        blocks = List.copyOf(blocks);
    }

    /** Blocks of its share on a drive of this shape, offline ones and the label's included. */
    public int blockCount(Geometry geometry) {
        return blocks.isEmpty()
                ? luns.size() * geometry.blocksPerLun()
                : blocks.stream().mapToInt(BlockRange::count).sum();
    }
}
