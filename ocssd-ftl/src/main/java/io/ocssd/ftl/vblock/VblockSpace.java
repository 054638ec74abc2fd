package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import java.util.List;
import java.util.Set;

/**
 * The blocks that vblocks of a target may use.
 *
 * @param targetId the target
 * @param luns its LUNs, by linear number
 * @param reserved blocks on them that are not for vblocks, by linear number
 */
public record VblockSpace(int targetId, List<Integer> luns, Set<Integer> reserved) {
    /** Copies both. */
    public VblockSpace {
        luns = ImmutableList.copyOf(luns);
        reserved = ImmutableSet.copyOf(reserved);
    }
}
