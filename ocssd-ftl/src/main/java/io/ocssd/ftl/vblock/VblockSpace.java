package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.Geometry;
import io.ocssd.ftl.media.OpenBlocks;
import java.util.List;
import java.util.Set;

/**
 * The blocks that vblocks of a target may use, and how many of them at once.
 *
 * @param targetId the target
 * @param luns its LUNs, by linear number, ascending
 * @param reserved blocks on them that are not for its vblocks, by linear number
 * @param gcBlocks free blocks that only {@link io.ocssd.vblock.Stream#GC} may take
 * @param openBlocks counts its blocks open for writing; the same for as long as the target is open
 */
public record VblockSpace(
        int targetId, List<Integer> luns, Set<Integer> reserved, int gcBlocks, OpenBlocks openBlocks) {
    /** Copies both lists, unless they can't change. */
    public VblockSpace {
        luns = ImmutableList.copyOf(luns);
        reserved = reserved instanceof ImmutableSet ? reserved : ImmutableSet.copyOf(reserved);
    }

    /** Whether a block, by linear number, is one of its blocks. */
    boolean owns(int block, Geometry geometry) {
        return luns.contains(block / geometry.blocksPerLun()) && !reserved.contains(block);
    }

    /** The same without a block, by linear number. */
    VblockSpace without(int block) {
        Set<Integer> more =
                ImmutableSet.<Integer>builder().addAll(reserved).add(block).build();
        return new VblockSpace(targetId, luns, more, gcBlocks, openBlocks);
    }

    /** All of its blocks, by linear number, ascending. */
    List<Integer> blocks(Geometry geometry) {
        ImmutableList.Builder<Integer> blocks = ImmutableList.builder();
        for (int lun : luns) {
            for (int i = 0; i < geometry.blocksPerLun(); i++) {
                int block = lun * geometry.blocksPerLun() + i;
                if (!reserved.contains(block)) {
                    blocks.add(block);
                }
            }
        }
        return blocks.build();
    }
}
