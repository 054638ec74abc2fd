package io.ocssd.ftl.target;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import io.ocssd.vblock.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Works out what the label is to say of a target that is made or changed, and refuses what can't be. Writes nothing but the journal of the target, if that
 * has to move. Used once,
 * by whoever has the drive's turn.
 */
final class TargetPlan {
    /** Blocks that a target needs at least, besides those for garbage collection alone: one for each stream, and the journal's. */
    private static final int FEWEST_BLOCKS = Stream.values().length + Journal.FEWEST_BLOCKS;

    /** Ids that a sentence lists before it says how many more there are. */
    private static final int MOST_NAMED = 8;

    private final Media media;
    private final Geometry geometry;
    private final Label label;
    private final BlockReport report;

    /**
     * Prepares a plan.
     *
     * @param label to change
     * @param report states of all blocks
     */
    TargetPlan(Media media, Label label, BlockReport report) {
        this.media = media;
        this.geometry = media.geometry();
        this.label = label;
        this.report = report;
    }

    /** A new target. */
    TargetInfo create(TargetRequest request) throws IOException {
        ShareChooser chooser = new ShareChooser(geometry, label.targets(), label.blocks(), report);
        Share share = chooser.choose(request.share(), Share.NONE, request.overprovision(), unit -> true);
        checkForeign(share);
        int openBlocks = openBlocks(request.openBlocks(), label.targets(), chooser, share);
        checkRoom(chooser, share, request.overprovision());
        checkWindow(request.windowBytes());
        return new TargetInfo(
                request.name(),
                label.nextTargetId(),
                share.luns(geometry),
                share.runs(geometry),
                request.overprovision(),
                openBlocks,
                request.windowBytes(),
                false);
    }

    /**
     * A target that is there, changed.
     *
     * @param vblocks its own, paused
     */
    TargetInfo change(TargetInfo before, TargetChange change, FlashVblocks vblocks) throws IOException {
        List<TargetInfo> others = label.targets().stream()
                .filter(each -> each.id() != before.id())
                .toList();
        ShareChooser chooser = new ShareChooser(geometry, others, label.blocks(), report);
        double overprovision = change.overprovision().orElse(before.overprovision());
        long windowBytes = change.windowBytes().orElse(before.windowBytes());
        Share had = Share.of(before, geometry);
        Share share = had;
        if (change.share().isPresent()) {
            TargetShare asked = change.share().get();
            Set<Integer> used = usedUnits(had);
            share = chooser.choose(asked, had, overprovision, unit -> !used.contains(unit));
            checkLeaving(had.minus(share), before, vblocks);
            checkForeign(share.minus(had));
        }
        checkRoom(chooser, share, overprovision);
        checkWindow(windowBytes);
        int openBlocks = change.openBlocks().isPresent()
                ? openBlocks(change.openBlocks().getAsInt(), others, chooser, share)
                : before.openBlocks();
        return new TargetInfo(
                before.name(),
                before.id(),
                share.luns(geometry),
                share.runs(geometry),
                overprovision,
                openBlocks,
                windowBytes,
                false);
    }

    /** Ids as sentences list them: the first of them. */
    static String names(List<Long> vblocks) {
        String some = vblocks.stream()
                .limit(MOST_NAMED)
                .map(id -> "0x" + Long.toHexString(id))
                .collect(Collectors.joining(", "));
        return vblocks.size() > MOST_NAMED ? some + " and " + (vblocks.size() - MOST_NAMED) + " more" : some;
    }

    private Set<Integer> usedUnits(Share had) {
        Set<Integer> used = new HashSet<>();
        for (int block : had.list()) {
            if (isUsed(block)) {
                used.add(Share.isOfBlocks(geometry) ? block : block / geometry.blocksPerLun());
            }
        }
        return used;
    }

    private boolean isUsed(int block) {
        return isUsed(block, report);
    }

    private boolean isUsed(int block, BlockReport when) {
        return (when.state(block) == BlockState.OPEN || when.state(block) == BlockState.CLOSED)
                && !label.blocks().contains(block);
    }

    /** What is given back holds nothing, and nobody is about to change that. The journal moves away if it is there. */
    private void checkLeaving(Share leaving, TargetInfo target, FlashVblocks vblocks) throws IOException {
        if (leaving.isEmpty()) {
            return;
        }
        List<Long> holders = vblocks.holding(leaving::contains);
        if (!holders.isEmpty()) {
            throw new BusyException(
                    "target \"" + target.name() + "\" has vblocks on what it is to give back: " + names(holders),
                    "erase them first, or move what they hold");
        }
        List<Long> writing = vblocks.beingWritten();
        if (!writing.isEmpty()) {
            throw new BusyException(
                    "target \"" + target.name()
                            + "\" has vblocks open for writing, which may need blocks of what it is to" + " give back: "
                            + names(writing),
                    "seal them or close their writers first");
        }
        vblocks.leave(leaving::contains);
        BlockReport now = media.report();
        List<Integer> used = leaving.list().stream()
                .filter(block -> isUsed(block, now) && !vblocks.isRetired(block))
                .toList();
        if (!used.isEmpty()) {
            throw new BusyException(
                    used.size() + " blocks of what target \"" + target.name()
                            + "\" is to give back are in use though no vblock that can be read is there, the first on LUN "
                            + used.get(0) / geometry.blocksPerLun(),
                    "give back other LUNs, or remove the target: that erases them");
        }
    }

    /** Nothing is destroyed by becoming the target's. */
    private void checkForeign(Share added) throws IOException {
        List<Integer> used = new ArrayList<>();
        for (int block : added.list()) {
            if (isUsed(block)) {
                used.add(block);
            }
        }
        new UnlabelledDrive(media).checkOnlyLeftovers(used, report, label);
    }

    private void checkRoom(ShareChooser chooser, Share share, double overprovision) throws NoSpaceException {
        int usable = chooser.usable(share);
        int gcBlocks = ShareChooser.gcBlocks(usable, overprovision);
        if (usable - gcBlocks < FEWEST_BLOCKS) {
            throw new NoSpaceException(
                    "LUNs " + share.luns(geometry) + " have " + usable + " usable blocks for the target"
                            + (gcBlocks == 0 ? "" : ", " + gcBlocks + " of them for garbage collection")
                            + ", a target needs " + FEWEST_BLOCKS,
                    "give the target more of the drive");
        }
    }

    private void checkWindow(long windowBytes) throws NoSpaceException {
        long fewest = FlashVblocks.windowBytes(TargetRequest.FEWEST_OPEN_BLOCKS, media.limits(), media.sectorBytes());
        if (windowBytes > 0 && windowBytes < fewest) {
            throw new NoSpaceException(
                    "the windows of " + TargetRequest.FEWEST_OPEN_BLOCKS + " vblocks of one LUN take " + fewest
                            + " bytes on this drive, more than the " + windowBytes + " the target is to have",
                    "give the target at least as much");
        }
    }

    private int openBlocks(int asked, List<TargetInfo> others, ShareChooser chooser, Share share)
            throws NoSpaceException {
        Share free = Share.all(geometry).minus(share).minus(Share.ofBlocks(label.blocks()));
        for (TargetInfo other : others) {
            free = free.minus(Share.of(other, geometry));
        }
        return OpenBlockBudgets.choose(
                asked,
                media.openBlocks().most(),
                LabelKeeper.open(free.list(), report),
                others,
                share.units(geometry).size(),
                chooser.left().size());
    }
}
