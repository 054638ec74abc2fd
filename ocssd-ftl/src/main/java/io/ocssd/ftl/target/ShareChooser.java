package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetShare;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Chooses LUNs for a share, or blocks on a drive of one LUN: units below. Every choice is a function of the label, the block
 * report and what is asked for.
 */
final class ShareChooser {
    private final Geometry geometry;
    private final Set<Integer> labelBlocks;
    private final BlockReport report;
    /** Names of the other targets by unit. */
    private final Map<Integer, String> owners = new TreeMap<>();

    /**
     * Prepares a choice.
     *
     * @param others the targets that keep what they have
     */
    ShareChooser(Geometry geometry, List<TargetInfo> others, List<Integer> labelBlocks, BlockReport report) {
        this.geometry = geometry;
        this.labelBlocks = ImmutableSet.copyOf(labelBlocks);
        this.report = report;
        for (TargetInfo target : others) {
            Share.of(target, geometry).units(geometry).forEach(unit -> owners.put(unit, target.name()));
        }
    }

    /**
     * Chooses.
     *
     * @param had what the target has so far; it keeps as much of it as is asked for
     * @param overprovision fraction of the share that a capacity does not count
     * @param leavesFirst of the units that it had, those that are given back before others
     * @throws BusyException when a LUN that was named is another target's
     * @throws NoSpaceException when fewer are left than were asked for
     * @throws IllegalArgumentException when the drive has no such LUN
     */
    Share choose(TargetShare asked, Share had, double overprovision, IntPredicate leavesFirst) throws OcssdException {
        TreeSet<Integer> units = new TreeSet<>(had.units(geometry));
        if (asked instanceof TargetShare.Luns luns) {
            units.clear();
            units.addAll(named(luns.luns()));
        } else if (asked instanceof TargetShare.LunCount count) {
            chooseCount(units, count.count(), leavesFirst);
        } else if (asked instanceof TargetShare.Capacity capacity) {
            chooseCapacity(units, capacity.bytes(), overprovision, leavesFirst);
        } else {
            units.addAll(left());
            if (units.isEmpty()) {
                throw new BusyException(
                        (Share.isOfBlocks(geometry) ? "every block" : "every LUN") + " belongs to a target: " + names(),
                        "use one of them, or make one smaller with ocssd target resize");
            }
        }
        return Share.ofUnits(units, geometry);
    }

    /** Units that no target has and that have a block that can be used. */
    List<Integer> left() {
        List<Integer> left = new ArrayList<>();
        int units = Share.isOfBlocks(geometry) ? geometry.blocks() : geometry.luns();
        for (int unit = 0; unit < units; unit++) {
            if (!owners.containsKey(unit) && usable(unit) > 0) {
                left.add(unit);
            }
        }
        return left;
    }

    /** Blocks of a share that can be used. */
    int usable(Share share) {
        return (int) share.list().stream().filter(this::isUsable).count();
    }

    /** Of so many usable blocks, how many only garbage collection may take. */
    static int gcBlocks(int usable, double overprovision) {
        return (int) Math.ceil(usable * overprovision);
    }

    private List<Integer> named(List<Integer> luns) throws BusyException {
        for (int lun : luns) {
            if (lun < 0 || lun >= geometry.luns()) {
                throw new IllegalArgumentException("LUN " + lun + " is not in 0.." + (geometry.luns() - 1));
            }
        }
        if (Share.isOfBlocks(geometry)) {
            if (!owners.isEmpty()) {
                throw new BusyException(
                        "blocks of LUN 0 belong to other targets: " + names(),
                        "ask for a capacity, or for everything that no target has");
            }
            return left();
        }
        for (int lun : luns) {
            if (owners.containsKey(lun)) {
                throw new BusyException(
                        "LUN " + lun + " belongs to target \"" + owners.get(lun) + "\"",
                        "choose LUNs that no target has");
            }
        }
        return luns;
    }

    private void chooseCount(NavigableSet<Integer> units, int count, IntPredicate leavesFirst) throws OcssdException {
        if (Share.isOfBlocks(geometry)) {
            if (count > 1) {
                throw new NoSpaceException(
                        count + " LUNs were asked for, and the drive has 1",
                        "ask for a capacity: it is given in blocks");
            }
            units.addAll(named(List.of(0)));
            return;
        }
        List<Integer> left = left();
        left.removeAll(units);
        if (count > units.size() + left.size()) {
            throw new NoSpaceException(
                    count + " LUNs were asked for, and " + (units.size() + left.size()) + " are "
                            + (units.isEmpty() ? "left" : "the target's or left"),
                    "ask for fewer, or make another target smaller with ocssd target resize");
        }
        while (units.size() < count) {
            Integer next = next(units, left);
            units.add(next);
            left.remove(next);
        }
        while (units.size() > count) {
            units.remove(toLeave(units, units, leavesFirst));
        }
    }

    private void chooseCapacity(NavigableSet<Integer> units, long bytes, double overprovision, IntPredicate leavesFirst)
            throws NoSpaceException {
        int usable = units.stream().mapToInt(this::usable).sum();
        if (capacity(usable, overprovision) < bytes) {
            grow(units, usable, bytes, overprovision);
        } else {
            shrink(units, usable, bytes, overprovision, leavesFirst);
        }
    }

    private void grow(NavigableSet<Integer> units, int usableBefore, long bytes, double overprovision)
            throws NoSpaceException {
        boolean isNew = units.isEmpty();
        Set<Integer> left = new TreeSet<>(left());
        left.removeAll(units);
        int usable = usableBefore;
        while (capacity(usable, overprovision) < bytes) {
            if (left.isEmpty()) {
                throw new NoSpaceException(
                        bytes + " bytes were asked for, and " + capacity(usable, overprovision) + " are "
                                + (isNew ? "left" : "the target's or left"),
                        "ask for less, or make another target smaller with ocssd target resize");
            }
            Integer next = Share.isOfBlocks(geometry) ? left.iterator().next() : next(units, left);
            units.add(next);
            left.remove(next);
            usable += usable(next);
        }
    }

    private void shrink(
            NavigableSet<Integer> units, int usableBefore, long bytes, double overprovision, IntPredicate leavesFirst) {
        int usable = usableBefore;
        TreeSet<Integer> candidates = new TreeSet<>(units);
        while (!candidates.isEmpty()) {
            Integer leaver = toLeave(units, candidates, leavesFirst);
            candidates.remove(leaver);
            if (capacity(usable - usable(leaver), overprovision) >= bytes) {
                units.remove(leaver);
                usable -= usable(leaver);
            } else if (Share.isOfBlocks(geometry)) {
                // All of them are of one size.
                return;
            }
        }
    }

    /** What vblocks of every stream may take: not what is kept for garbage collection, nor what the journal needs. */
    private long capacity(int usable, double overprovision) {
        int blocks = usable - gcBlocks(usable, overprovision) - Journal.FEWEST_BLOCKS;
        return Math.max(0, blocks) * geometry.blockBytes();
    }

    /** The next LUN: of a channel where the target has fewest, and then where all targets have fewest. */
    private Integer next(Set<Integer> units, Collection<Integer> left) {
        int[] own = perChannel(units);
        int[] all = perChannel(owners.keySet());
        return left.stream()
                .min(Comparator.comparingInt((Integer lun) -> own[channel(lun)])
                        .thenComparingInt(lun -> own[channel(lun)] + all[channel(lun)])
                        .thenComparingInt(lun -> lun))
                .orElseThrow();
    }

    /** Who goes: one that goes first, then of the channel that has most, then the last. */
    private Integer toLeave(Set<Integer> units, NavigableSet<Integer> candidates, IntPredicate leavesFirst) {
        if (Share.isOfBlocks(geometry)) {
            return candidates.descendingSet().stream()
                    .filter(leavesFirst::test)
                    .findFirst()
                    .orElseGet(candidates::last);
        }
        int[] own = perChannel(units);
        return candidates.stream()
                .max(Comparator.comparing((Integer unit) -> leavesFirst.test(unit))
                        .thenComparingInt(unit -> own[channel(unit)])
                        .thenComparingInt(unit -> unit))
                .orElseThrow();
    }

    private int[] perChannel(Iterable<Integer> luns) {
        int[] count = new int[geometry.channels()];
        luns.forEach(lun -> count[channel(lun)]++);
        return count;
    }

    private int channel(int lun) {
        return lun / geometry.lunsPerChannel();
    }

    private int usable(int unit) {
        int usable = 0;
        for (int block : Share.numbers(Share.unitBlocks(unit, geometry))) {
            usable += isUsable(block) ? 1 : 0;
        }
        return usable;
    }

    private boolean isUsable(int block) {
        return report.state(block) != BlockState.OFFLINE && !labelBlocks.contains(block);
    }

    private String names() {
        return String.join(", ", new TreeSet<>(owners.values()));
    }
}
