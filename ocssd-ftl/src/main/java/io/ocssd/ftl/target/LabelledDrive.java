package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.error.BusyException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.ReadOnlyException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.Turn;
import io.ocssd.ftl.placement.Placements;
import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A drive with its label and the targets opened so far. The label is changed, and targets are opened, one at a time: whoever does
 * so has the drive's turn. Where a target is kept from allocating meanwhile it is paused first and the turn taken then, since
 * allocations wait for the turn.
 */
final class LabelledDrive implements Drive {

    private final Media media;
    private final boolean readOnly;
    private final LabelKeeper keeper;
    private final Turn turn;
    private final TargetOpener opener;
    private final Map<String, OpenTarget> open = new ConcurrentSkipListMap<>();

    private volatile boolean closed;
    /** Epoch of this opening; 0 when it was not raised yet. Belongs to whoever has the turn. */
    private int epoch;

    private LabelledDrive(Media media, OpenOptions options) {
        this.media = media;
        this.readOnly = options.readOnly();
        this.keeper = new LabelKeeper(media);
        this.turn = new Turn(media.scheduler());
        this.opener = new TargetOpener(media, options, new EpochIds(this::raiseEpoch));
    }

    static Drive open(FlashDevice device, Scheduler scheduler, OpenOptions options) throws IOException {
        // For its name and options: what is wrong with them is said before anything is done.
        Placements.create(options.placement());
        checkShape(device.geometry(), device.limits());
        LabelledDrive drive = new LabelledDrive(new Media(device, scheduler), options);
        BlockReport report = drive.media.report();
        if (!drive.keeper.load(report)) {
            new UnlabelledDrive(drive.media).checkNoVblocks(report);
        }
        if (!options.readOnly()) {
            drive.media.openBlocks().found(drive.openBlocks(report));
        }
        return drive;
    }

    /** Blocks that were left open, until their target is recovered; one of the label is always allowed for. */
    private int openBlocks(BlockReport report) {
        return report.count(BlockState.OPEN) - LabelKeeper.open(keeper.blocks(), report);
    }

    @Override
    public FlashDevice device() {
        return media.device();
    }

    @Override
    public List<TargetInfo> targets() {
        return keeper.targets();
    }

    @Override
    public List<Integer> reservedBlocks() {
        return ImmutableList.sortedCopyOf(keeper.blocks());
    }

    @Override
    public Target createTarget(TargetRequest request) throws IOException {
        checkWritable();
        turn.take();
        try {
            checkOpen();
            keeper.finishRemovals();
            checkNameIsFree(request.name());
            BlockReport report = media.report();
            boolean first = keeper.label() == null;
            Label before = keeper.orFirst(report);
            TargetInfo info = new TargetPlan(media, before, report).create(request);
            keeper.replace(before.withTarget(info));
            if (first) {
                // Leftovers that were open are the label's now, and closed.
                media.openBlocks().closed(LabelKeeper.open(before.blocks(), report));
            }
            return openTarget(info);
        } finally {
            turn.leave();
        }
    }

    @Override
    public Target target(String name) throws IOException {
        return openTarget(name);
    }

    @Override
    public Target resizeTarget(String name, TargetChange change) throws IOException {
        checkWritable();
        OpenTarget target = openTarget(name);
        FlashVblocks vblocks = target.flashVblocks();
        vblocks.pause();
        try {
            turn.take();
            try {
                checkOpen();
                keeper.finishRemovals();
                // Removed meanwhile, perhaps made anew.
                if (open.get(name) != target) {
                    keeper.find(name);
                    throw new BusyException("target \"" + name + "\" was just made anew", "try again");
                }
                resize(target, change);
            } finally {
                turn.leave();
            }
        } finally {
            vblocks.resume();
        }
        return target;
    }

    @Override
    public void removeTarget(String name) throws IOException {
        checkWritable();
        OpenTarget target = open.get(name);
        if (target == null) {
            removeUnlessOpen(name);
            return;
        }
        FlashVblocks vblocks = target.flashVblocks();
        vblocks.pause();
        try {
            turn.take();
            try {
                checkOpen();
                if (open.get(name) == target) {
                    remove(target);
                } else {
                    keeper.find(name);
                    throw new BusyException("target \"" + name + "\" was just made anew", "try again");
                }
            } finally {
                turn.leave();
            }
        } finally {
            vblocks.resume();
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            try {
                closeTargets();
            } finally {
                media.close();
            }
        }
    }

    /** Journals are closed by a task: they may have to wait for one of theirs. */
    private void closeTargets() {
        try {
            media.scheduler().run("close", () -> {
                open.values().forEach(target -> target.flashVblocks().close());
                return null;
            });
        } catch (IllegalStateException e) {
            // The scheduler is closed, and nothing is under way any more.
        } catch (Exception e) {
            throw new IllegalStateException("closing a target throws nothing", e);
        }
    }

    private OpenTarget openTarget(String name) throws IOException {
        OpenTarget target = open.get(name);
        if (target != null && !closed) {
            return target;
        }
        turn.take();
        try {
            checkOpen();
            target = open.get(name);
            return target != null ? target : openTarget(keeper.find(name));
        } finally {
            turn.leave();
        }
    }

    private OpenTarget openTarget(TargetInfo info) throws IOException {
        OpenTarget target = opener.open(info, keeper.label());
        open.put(info.name(), target);
        return target;
    }

    private void resize(OpenTarget target, TargetChange change) throws IOException {
        TargetInfo before = target.info();
        BlockReport report = media.report();
        TargetInfo after = new TargetPlan(media, keeper.label(), report).change(before, change, target.flashVblocks());
        if (after.openBlocks() > 0 && target.openBlocks().open() > after.openBlocks()) {
            throw new BusyException(
                    "target \"" + before.name() + "\" has "
                            + target.openBlocks().open() + " open blocks, more than " + after.openBlocks(),
                    "seal or erase vblocks that are open for writing first");
        }
        if (!after.equals(before)) {
            keeper.replace(keeper.label().withChanged(after));
        }
        Share added = Share.of(after, media.geometry()).minus(Share.of(before, media.geometry()));
        opener.change(target, after, keeper.label(), added);
    }

    private void removeUnlessOpen(String name) throws IOException {
        turn.take();
        try {
            checkOpen();
            if (open.containsKey(name)) {
                throw new BusyException("target \"" + name + "\" is just being opened", "try again");
            }
            boolean begun = targets().stream().anyMatch(each -> each.name().equals(name) && each.removing());
            if (!begun) {
                keeper.remove(keeper.find(name), false);
            }
            keeper.finishRemovals();
        } finally {
            turn.leave();
        }
    }

    private void remove(OpenTarget target) throws IOException {
        TargetInfo info = target.info();
        List<Long> writing = target.flashVblocks().beingWritten();
        if (!writing.isEmpty()) {
            throw new BusyException(
                    "target \"" + info.name() + "\" has vblocks open for writing: " + TargetPlan.names(writing),
                    "seal them or close their writers first");
        }
        keeper.remove(info, true);
        open.remove(info.name());
        target.flashVblocks().discard();
        target.flashVblocks().close();
        keeper.finishRemovals();
    }

    private int raiseEpoch(int above) throws IOException {
        turn.take();
        try {
            checkOpen();
            if (epoch == 0) {
                keeper.finishRemovals();
                int next = Math.max(keeper.label().mountEpoch(), above) + 1;
                keeper.replace(keeper.label().withMountEpoch(next));
                epoch = next;
            }
            return epoch;
        } finally {
            turn.leave();
        }
    }

    private void checkNameIsFree(String name) throws BusyException {
        if (targets().stream().anyMatch(each -> each.name().equals(name))) {
            throw new BusyException("there is a target \"" + name + "\" already", "choose another name");
        }
    }

    private void checkWritable() throws ReadOnlyException {
        if (readOnly) {
            throw new ReadOnlyException(
                    "the drive was opened read-only: its label can't be changed", "open it for writing");
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the drive is closed");
        }
    }

    private static void checkShape(Geometry geometry, Limits limits) throws NotRecognisedException {
        int wsMin = limits.wsMin();
        // A header, a unit of payload, the frame of a sync and a summary.
        if (geometry.sectorsPerBlock() % wsMin != 0 || geometry.sectorsPerBlock() < 4 * wsMin) {
            throw new NotRecognisedException(
                    "blocks of " + geometry.sectorsPerBlock() + " sectors can't hold a vblock with ws_min " + wsMin,
                    "use a drive whose blocks are a multiple of ws_min, and at least four times as large");
        }
    }
}
