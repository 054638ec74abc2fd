package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.Turn;
import io.ocssd.ftl.placement.Placements;
import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.ftl.vblock.VblockSpace;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.target.TargetInfo;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A drive with its label and the targets opened so far. The label is changed, and targets are opened, one at a time. */
final class LabelledDrive implements Drive {
    /** Blocks that a target needs at least: one for each stream. */
    private static final int FEWEST_BLOCKS = Stream.values().length;

    private final Media media;
    private final Geometry geometry;
    private final OpenOptions options;
    private final LabelStore store;
    private final Turn turn;
    private final EpochIds ids = new EpochIds(this::raiseEpoch);
    private final Map<String, OpenTarget> open = new ConcurrentSkipListMap<>();
    /** Null when the drive has none. */
    private volatile Label label;

    private volatile boolean closed;
    /** Epoch of this opening; 0 when it was not raised yet. Belongs to whoever has the turn. */
    private int epoch;

    private LabelledDrive(Media media, OpenOptions options) {
        this.media = media;
        this.geometry = media.geometry();
        this.options = options;
        this.store = new LabelStore(media);
        this.turn = new Turn(media.scheduler());
    }

    static Drive open(FlashDevice device, Scheduler scheduler, OpenOptions options) throws IOException {
        // For its name and options: what is wrong with them is said before anything is done.
        Placements.create(options.placement());
        checkShape(device.geometry(), device.limits());
        LabelledDrive drive = new LabelledDrive(new Media(device, scheduler), options);
        BlockReport report = drive.media.report();
        drive.label = drive.store.load(report);
        if (drive.label == null) {
            new UnlabelledDrive(drive.media).checkNoVblocks(report);
        }
        drive.media.openBlocks().found(drive.openBlocks(report));
        return drive;
    }

    /** Blocks that were left open, until their target is recovered; one of the label is always allowed for. */
    private int openBlocks(BlockReport report) {
        return report.count(BlockState.OPEN) - open(reservedBlocks(), report);
    }

    private static int open(List<Integer> blocks, BlockReport report) {
        return (int) blocks.stream()
                .filter(block -> report.state(block) == BlockState.OPEN)
                .count();
    }

    @Override
    public FlashDevice device() {
        return media.device();
    }

    @Override
    public List<TargetInfo> targets() {
        Label now = label;
        return now == null ? ImmutableList.of() : now.targets();
    }

    @Override
    public List<Integer> reservedBlocks() {
        Label now = label;
        return now == null ? ImmutableList.of() : ImmutableList.sortedCopyOf(now.blocks());
    }

    @Override
    public Target createTarget(TargetRequest request) throws IOException {
        turn.take();
        try {
            checkOpen();
            Map<Integer, String> owners = owners(request.name());
            List<Integer> luns = choose(request, owners);
            BlockReport report = media.report();
            Label before = label == null ? store.firstLabel(report) : label;
            checkBlocks(luns, before, report);
            TargetInfo info = new TargetInfo(request.name(), before.nextTargetId(), luns);
            Label after = before.withTarget(info);
            store.store(after);
            if (label == null) {
                // Leftovers that were open are the label's now, and closed.
                media.openBlocks().closed(open(after.blocks(), report));
            }
            label = after;
            return openTarget(info);
        } finally {
            turn.leave();
        }
    }

    @Override
    public Target target(String name) throws IOException {
        OpenTarget target = open.get(name);
        if (target != null && !closed) {
            return target;
        }
        turn.take();
        try {
            checkOpen();
            target = open.get(name);
            if (target != null) {
                return target;
            }
            for (TargetInfo info : targets()) {
                if (info.name().equals(name)) {
                    return openTarget(info);
                }
            }
        } finally {
            turn.leave();
        }
        throw new NotFoundException(
                "there is no target \"" + name + "\"; targets: "
                        + (targets().isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        targets().stream().map(TargetInfo::name).toList())),
                "make one by ocssd target create");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            open.values().forEach(target -> target.flashVblocks().close());
            media.close();
        }
    }

    private OpenTarget openTarget(TargetInfo info) throws IOException {
        VblockSpace space = new VblockSpace(info.id(), info.luns(), ImmutableSet.copyOf(label.blocks()));
        OpenTarget target = new OpenTarget(
                info,
                FlashVblocks.open(media, space, ids, Placements.create(options.placement()), options.windowBytes()));
        open.put(info.name(), target);
        return target;
    }

    private int raiseEpoch(int above) throws IOException {
        turn.take();
        try {
            checkOpen();
            if (epoch == 0) {
                int next = Math.max(label.mountEpoch(), above) + 1;
                Label after = label.withMountEpoch(next);
                store.store(after);
                label = after;
                epoch = next;
            }
            return epoch;
        } finally {
            turn.leave();
        }
    }

    /** Which target has which LUN. */
    private Map<Integer, String> owners(String newName) throws BusyException {
        Map<Integer, String> owners = new TreeMap<>();
        for (TargetInfo target : targets()) {
            if (target.name().equals(newName)) {
                throw new BusyException("there is a target \"" + newName + "\" already", "choose another name");
            }
            target.luns().forEach(lun -> owners.put(lun, target.name()));
        }
        return owners;
    }

    private List<Integer> choose(TargetRequest request, Map<Integer, String> owners) throws BusyException {
        List<Integer> luns = new ArrayList<>(request.luns());
        for (int lun : luns) {
            if (lun < 0 || lun >= geometry.luns()) {
                throw new IllegalArgumentException("LUN " + lun + " is not in 0.." + (geometry.luns() - 1));
            }
            if (owners.containsKey(lun)) {
                throw new BusyException(
                        "LUN " + lun + " belongs to target \"" + owners.get(lun) + "\"",
                        "choose LUNs that no target has");
            }
        }
        if (luns.isEmpty()) {
            for (int lun = 0; lun < geometry.luns(); lun++) {
                if (!owners.containsKey(lun)) {
                    luns.add(lun);
                }
            }
            if (luns.isEmpty()) {
                throw new BusyException(
                        "every LUN belongs to a target: "
                                + String.join(
                                        ", ",
                                        targets().stream().map(TargetInfo::name).toList()),
                        "use one of them");
            }
        }
        luns.sort(null);
        return luns;
    }

    /** Nothing on the LUNs is destroyed by becoming a target's, and there is room on them. */
    private void checkBlocks(List<Integer> luns, Label before, BlockReport report) throws IOException {
        List<Integer> used = new ArrayList<>();
        int usable = 0;
        for (int lun : luns) {
            for (int i = 0; i < geometry.blocksPerLun(); i++) {
                int block = lun * geometry.blocksPerLun() + i;
                if (report.state(block) != BlockState.OFFLINE
                        && !before.blocks().contains(block)) {
                    usable++;
                    if (report.state(block) != BlockState.FREE) {
                        used.add(block);
                    }
                }
            }
        }
        new UnlabelledDrive(media).checkOnlyLeftovers(used, report);
        if (media.openBlocks().most() < Stream.values().length) {
            throw new NoSpaceException(
                    "the drive allows a target " + media.openBlocks().most() + " open blocks, it needs "
                            + Stream.values().length,
                    "use a drive that allows more");
        }
        if (usable < FEWEST_BLOCKS) {
            throw new NoSpaceException(
                    "LUNs " + luns + " have " + usable + " usable blocks, a target needs " + FEWEST_BLOCKS,
                    "give the target more LUNs");
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
