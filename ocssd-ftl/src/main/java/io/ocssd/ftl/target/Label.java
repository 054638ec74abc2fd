package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableList;
import io.ocssd.target.TargetInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What the label says. Immutable.
 *
 * @param driveId fingerprint of the drive's serial number
 * @param sequence grows by one with every update
 * @param shape digest of the geometry
 * @param mountEpoch upper half of the vblock ids that were handed out last
 * @param nextTargetId id of the next target
 * @param blocks linear numbers of the label's blocks: the slots of copy 0, then those of copy 1 where there is one
 * @param targets by name
 */
record Label(
        long driveId,
        long sequence,
        long shape,
        int mountEpoch,
        int nextTargetId,
        List<Integer> blocks,
        List<TargetInfo> targets) {
    /** Most copies: two, on different LUNs; a drive of one LUN has one. */
    static final int MOST_COPIES = 2;
    /** Most blocks of all copies; so many only where there are two. */
    static final int MOST_BLOCKS = 4;
    /** Fewest blocks: one label stays where it is while the next is made. */
    static final int FEWEST_BLOCKS = 2;

    Label {
        blocks = ImmutableList.copyOf(blocks);
        targets = ImmutableList.sortedCopyOf(Comparator.comparing(TargetInfo::name), targets);
        if (!isCount(blocks.size())) {
            throw new IllegalArgumentException("blocks=" + blocks);
        }
    }

    /** Whether a label can have so many blocks. */
    static boolean isCount(int blocks) {
        return blocks >= FEWEST_BLOCKS && blocks <= MOST_BLOCKS;
    }

    /** Blocks of each copy, used in turn. */
    int slots() {
        return blocks.size() / copies();
    }

    /** Copies that are kept. */
    int copies() {
        return blocks.size() == MOST_BLOCKS ? MOST_COPIES : 1;
    }

    /** Linear number of the block that holds a copy of this label. */
    int block(int copy) {
        return blocks.get(copy * slots() + (int) (sequence % slots()));
    }

    /** The same label, with another block for one of its copies. */
    Label withBlock(int copy, int block) {
        List<Integer> others = new ArrayList<>(blocks);
        others.set(others.indexOf(block(copy)), block);
        return new Label(driveId, sequence, shape, mountEpoch, nextTargetId, others, targets);
    }

    /** The next label, with one target more, which has the next id. */
    Label withTarget(TargetInfo target) {
        List<TargetInfo> more = new ArrayList<>(targets);
        more.add(target);
        return next(mountEpoch, nextTargetId + 1, more);
    }

    /** The next label, with a target of this id told differently. */
    Label withChanged(TargetInfo target) {
        List<TargetInfo> changed = new ArrayList<>(targets);
        changed.replaceAll(each -> each.id() == target.id() ? target : each);
        return next(mountEpoch, nextTargetId, changed);
    }

    /** The next label, without a target; its id never comes back. */
    Label without(TargetInfo target) {
        List<TargetInfo> fewer = new ArrayList<>(targets);
        fewer.removeIf(each -> each.id() == target.id());
        return next(mountEpoch, nextTargetId, fewer);
    }

    /** The same label, for the slot behind the one that is its turn. */
    Label withNextSlot() {
        return next(mountEpoch, nextTargetId, targets);
    }

    /** The same label, for the same slot, later than this one. */
    Label inSameSlot() {
        return new Label(driveId, sequence + slots(), shape, mountEpoch, nextTargetId, blocks, targets);
    }

    /** The next label, with a later epoch. */
    Label withMountEpoch(int epoch) {
        return next(epoch, nextTargetId, targets);
    }

    private Label next(int epoch, int targetId, List<TargetInfo> newTargets) {
        return new Label(driveId, sequence + 1, shape, epoch, targetId, blocks, newTargets);
    }
}
