package io.ocssd.ftl.page;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.block.BlockOptions;
import io.ocssd.error.BusyException;
import io.ocssd.error.ReadOnlyException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.Turn;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.PageModelRequest;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** Makes and opens the block device of a target. Thread-safe; one is open at a time. */
public final class BlockDevices {
    /** Records between two checkpoints of a large device, at least. */
    private static final long INTERVAL = 1L << 22;
    /** A checkpoint writes a map of 4 bytes a sector, so it comes after a part of the sectors was written. */
    private static final int INTERVAL_SHARE = 16;

    private final Vblocks vblocks;
    private final Scheduler scheduler;
    private final UnitShape.Flash flash;
    private final boolean readOnly;
    private final PageRules rules;
    private final Turn turn;
    private boolean open;

    /**
     * The block device of a target.
     *
     * @param vblocks the target's
     * @param media what they are on
     * @param readOnly whether nothing is written
     */
    public BlockDevices(Vblocks vblocks, Media media, boolean readOnly) {
        this(vblocks, media.scheduler(), flash(media), readOnly, PageRules.STANDARD);
    }

    BlockDevices(Vblocks vblocks, Scheduler scheduler, UnitShape.Flash flash, boolean readOnly, PageRules rules) {
        this.vblocks = vblocks;
        this.scheduler = scheduler;
        this.flash = flash;
        this.readOnly = readOnly;
        this.rules = rules;
        this.turn = new Turn(scheduler);
    }

    private static UnitShape.Flash flash(Media media) {
        int wsMin = media.limits().wsMin();
        int behind = media.volatilePairs() ? (media.limits().mwCunits() + wsMin - 1) / wsMin * wsMin : 0;
        return new UnitShape.Flash(media.unitBytes(), media.sectorBytes(), behind);
    }

    /** See {@link io.ocssd.target.Target#formatBlockDevice}. */
    public void format(BlockFormat format) throws IOException {
        if (readOnly) {
            throw new ReadOnlyException(
                    "the drive was opened read-only: no block device can be made", "open it for writing");
        }
        turn.take();
        try {
            checkNotOpen();
            List<Vblock> all = vblocks.list();
            // Without a checkpoint there is no block device any more, whatever is left of it.
            erase(all, true);
            erase(all, false);
            new Checkpoints(vblocks, scheduler, rules).writeFirst(UnitShape.choose(vblocks, format, flash));
        } finally {
            turn.leave();
        }
    }

    /** See {@link io.ocssd.target.Target#openBlockDevice}. */
    public BlockDevice open(BlockOptions options) throws IOException {
        turn.take();
        try {
            checkNotOpen();
            FlashBlockDevice device = recover(options);
            open = true;
            return device;
        } finally {
            turn.leave();
        }
    }

    private FlashBlockDevice recover(BlockOptions options) throws IOException {
        Checkpoints checkpoints = new Checkpoints(vblocks, scheduler, rules);
        Checkpoints.Found found = checkpoints.find(readOnly);
        UnitShape shape = found.header().shape();
        PageRecovery recovery = new PageRecovery(vblocks, scheduler, rules, readOnly, found);
        recovery.run();
        long formatId = found.header().formatId();
        VblockUnits units = new VblockUnits(vblocks, shape, flash.unitBytes(), formatId, scheduler, rules);
        BitSet written = recovery.handTo(units);
        PageMap map = found.map();
        PageFtl ftl = new PageFtl(
                request(shape, options),
                units,
                map,
                written,
                flash.syncWaste(shape.width()) == 0 ? 1 : Integer.MAX_VALUE,
                rules,
                () -> {
                    checkpoints.write(formatId, units.sequence(), shape, unit -> id(units.vblock(unit)), map);
                    units.checkpointed();
                });
        long chosen = Math.max(
                4L * shape.pagesPerUnit(),
                Math.min(shape.sectors(), Math.max(INTERVAL, shape.sectors() / INTERVAL_SHARE)));
        return new FlashBlockDevice(
                new Turn(scheduler),
                shape,
                map,
                units,
                ftl,
                checkpoints,
                rules.checkpointInterval(chosen),
                readOnly,
                recovery.replayed(),
                this::closed);
    }

    private PageModelRequest request(UnitShape shape, BlockOptions options) {
        return new PageModelRequest(
                new GcShape(shape.units(), shape.pagesPerUnit(), options.seed()),
                shape.sectors(),
                1,
                1,
                true,
                shape.reserve(flash),
                options.victims(),
                options.pacer(),
                PolicyChoice.of("none"));
    }

    private void closed() {
        turn.take();
        open = false;
        turn.leave();
    }

    private void checkNotOpen() throws BusyException {
        if (open) {
            throw new BusyException("the block device of the target is open", "close it first");
        }
    }

    private static void erase(List<Vblock> vblocks, boolean metadata) throws IOException {
        for (Vblock each : vblocks) {
            if ((each.stream() == Stream.METADATA) == metadata) {
                each.erase();
            }
        }
    }

    private static long id(Vblock vblock) {
        return vblock == null ? 0 : vblock.id();
    }
}
