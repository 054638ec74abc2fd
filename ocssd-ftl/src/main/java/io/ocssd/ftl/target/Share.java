package io.ocssd.ftl.target;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import io.ocssd.device.Geometry;
import io.ocssd.target.BlockRange;
import io.ocssd.target.TargetInfo;
import java.util.List;
import java.util.Set;

/**
 * The blocks of a share, by linear number: those of whole LUNs, or single ones on a drive of one LUN. Label blocks among them
 * are nobody's.
 */
final class Share {
    /** Nothing. */
    static final Share NONE = new Share(ImmutableRangeSet.of());

    private final ImmutableRangeSet<Integer> blocks;

    private Share(RangeSet<Integer> blocks) {
        this.blocks = ImmutableRangeSet.copyOf(blocks);
    }

    /** What a target has. */
    static Share of(TargetInfo target, Geometry geometry) {
        TreeRangeSet<Integer> blocks = TreeRangeSet.create();
        target.blocks().forEach(run -> blocks.add(Range.closedOpen(run.first(), run.end())));
        if (target.blocks().isEmpty()) {
            target.luns().forEach(lun -> blocks.add(lun(lun, geometry)));
        }
        return new Share(blocks);
    }

    /** All blocks of the drive. */
    static Share all(Geometry geometry) {
        return new Share(ImmutableRangeSet.of(Range.closedOpen(0, geometry.blocks())));
    }

    /** These blocks. */
    static Share ofBlocks(Iterable<Integer> numbers) {
        TreeRangeSet<Integer> blocks = TreeRangeSet.create();
        numbers.forEach(block -> blocks.add(Range.closedOpen(block, block + 1)));
        return new Share(blocks);
    }

    /** These units, LUNs or blocks, see {@link #unitBlocks}. */
    static Share ofUnits(Iterable<Integer> units, Geometry geometry) {
        TreeRangeSet<Integer> blocks = TreeRangeSet.create();
        units.forEach(unit -> blocks.add(unitBlocks(unit, geometry)));
        return new Share(blocks);
    }

    /** Whether shares of a drive are made of single blocks. */
    static boolean isOfBlocks(Geometry geometry) {
        return geometry.luns() == 1;
    }

    /** The blocks of the smallest thing that can be shared out: a LUN, or a block of the only one. */
    static Range<Integer> unitBlocks(int unit, Geometry geometry) {
        return isOfBlocks(geometry) ? Range.closedOpen(unit, unit + 1) : lun(unit, geometry);
    }

    /** Its units, ascending. */
    List<Integer> units(Geometry geometry) {
        return isOfBlocks(geometry) ? list() : luns(geometry);
    }

    /** LUNs on which it has blocks, ascending. */
    List<Integer> luns(Geometry geometry) {
        return list().stream()
                .map(block -> block / geometry.blocksPerLun())
                .distinct()
                .collect(ImmutableList.toImmutableList());
    }

    /** Its blocks in runs, as a label has them; none when it is made of whole LUNs. */
    List<BlockRange> runs(Geometry geometry) {
        if (!isOfBlocks(geometry)) {
            return ImmutableList.of();
        }
        return blocks.asRanges().stream()
                .map(range -> new BlockRange(range.lowerEndpoint(), range.upperEndpoint() - range.lowerEndpoint()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Its blocks, ascending. */
    List<Integer> list() {
        return blocks.asSet(DiscreteDomain.integers()).asList();
    }

    /** Whether it has a block. */
    boolean contains(int block) {
        return blocks.contains(block);
    }

    boolean isEmpty() {
        return blocks.isEmpty();
    }

    /** What is in this one and not in the other. */
    Share minus(Share other) {
        return new Share(blocks.difference(other.blocks));
    }

    /** Blocks of its LUNs that are not its own, as a set that takes no room for each, and these. */
    Set<Integer> othersAnd(Iterable<Integer> more, Geometry geometry) {
        TreeRangeSet<Integer> others = TreeRangeSet.create();
        luns(geometry).forEach(lun -> others.add(lun(lun, geometry)));
        others.removeAll(blocks);
        more.forEach(block -> others.add(Range.closedOpen(block, block + 1)));
        return ImmutableRangeSet.copyOf(others).asSet(DiscreteDomain.integers());
    }

    private static Range<Integer> lun(int lun, Geometry geometry) {
        return Range.closedOpen(lun * geometry.blocksPerLun(), (lun + 1) * geometry.blocksPerLun());
    }

    /** The numbers of a run. */
    static Iterable<Integer> numbers(Range<Integer> run) {
        return ContiguousSet.create(run, DiscreteDomain.integers());
    }
}
