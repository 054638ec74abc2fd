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
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A drive with its label and the targets opened so far. The label is changed, and targets are opened, one at a time: whoever does
 * so has the drive's turn.
 */
final class LabelledDrive implements Drive {
    private final Media media;
    private final boolean readOnly;
    private final LabelKeeper keeper;
    private final Turn turn;
    private final OpenTargets open;
    private final TargetChanges changes;
    /** Epoch of this opening; 0 when it was not raised yet. Belongs to whoever has the turn. */
    private int epoch;

    private LabelledDrive(Media media, OpenOptions options) {
        this.media = media;
        this.readOnly = options.readOnly();
        this.keeper = new LabelKeeper(media, this::takeForLabel);
        this.turn = new Turn(media.scheduler());
        TargetOpener opener = new TargetOpener(media, options, new EpochIds(this::raiseEpoch));
        this.open = new OpenTargets(media.scheduler(), turn, keeper, opener);
        this.changes = new TargetChanges(media, turn, keeper, opener, open);
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
            drive.keeper.checkNewest();
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
            open.checkOpen();
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
            return open.open(info);
        } finally {
            turn.leave();
        }
    }

    @Override
    public Target target(String name) throws IOException {
        return open.open(name);
    }

    @Override
    public Target resizeTarget(String name, TargetChange change) throws IOException {
        checkWritable();
        return changes.resize(name, change);
    }

    @Override
    public void removeTarget(String name) throws IOException {
        checkWritable();
        changes.remove(name);
    }

    @Override
    public void close() {
        try {
            open.close();
        } finally {
            media.close();
        }
    }

    /** A free block that may hold the label; targets that are open do without it from now on. */
    private int takeForLabel(int lun, Set<Integer> others) throws IOException {
        BlockReport report = media.report();
        for (int block : LabelPlaces.reach(media.geometry())) {
            if (block / media.geometry().blocksPerLun() == lun
                    && report.state(block) == BlockState.FREE
                    && !others.contains(block)
                    && open.giveUp(block)) {
                return block;
            }
        }
        return -1;
    }

    private int raiseEpoch(int above) throws IOException {
        turn.take();
        try {
            open.checkOpen();
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
