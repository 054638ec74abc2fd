package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.Geometry;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.OpenBlocks;
import io.ocssd.ftl.placement.Placements;
import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.ftl.vblock.VblockIds;
import io.ocssd.ftl.vblock.VblockSpace;
import io.ocssd.placement.Placement;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.List;

/** Gives a target the vblocks of its share and the budgets of its own, when it is opened and when the label is changed. */
final class TargetOpener {
    private final Media media;
    private final Geometry geometry;
    private final OpenOptions options;
    private final VblockIds ids;

    TargetOpener(Media media, OpenOptions options, VblockIds ids) {
        this.media = media;
        this.geometry = media.geometry();
        this.options = options;
        this.ids = ids;
    }

    /** Opens a target of this label. */
    OpenTarget open(TargetInfo info, Label label) throws IOException {
        BlockReport report = media.report();
        List<Integer> blocks = blocks(Share.of(info, geometry), label);
        // Nothing that is open is counted where nothing is opened.
        int open = options.readOnly() ? 0 : LabelKeeper.open(blocks, report);
        OpenBlocks openBlocks = media.openBlocks().part(info.openBlocks(), open);
        VblockSpace space = space(info, label, openBlocks, report);
        Media own = media.part();
        FlashVblocks vblocks = FlashVblocks.open(own, space, ids, placement(), windowBytes(info), options.readOnly());
        return new OpenTarget(info, vblocks, openBlocks, own, options.readOnly());
    }

    /**
     * Gives an open target, which is paused, what the label says of it now.
     *
     * @param added what it did not have before, with nothing on it that is needed
     */
    void change(OpenTarget target, TargetInfo info, Label label, Share added) throws IOException {
        BlockReport before = media.report();
        List<Integer> blocks = blocks(added, label);
        new BlockCleaner(media).clean(blocks, before);
        media.openBlocks().closed(LabelKeeper.open(blocks, before));
        BlockReport report = media.report();
        target.openBlocks().limit(info.openBlocks());
        target.flashVblocks().own(space(info, label, target.openBlocks(), report), placement(), report);
        target.flashVblocks().limitWindows(windowBytes(info));
        target.changed(info);
    }

    private static List<Integer> blocks(Share share, Label label) {
        return share.minus(Share.ofBlocks(label.blocks())).list();
    }

    private VblockSpace space(TargetInfo info, Label label, OpenBlocks openBlocks, BlockReport report) {
        Share share = Share.of(info, geometry);
        int usable = new ShareChooser(geometry, ImmutableList.of(), label.blocks(), report).usable(share);
        return new VblockSpace(
                info.id(),
                info.luns(),
                share.othersAnd(label.blocks(), geometry),
                ShareChooser.gcBlocks(usable, info.overprovision()),
                openBlocks);
    }

    private Placement placement() {
        return Placements.create(options.placement());
    }

    private long windowBytes(TargetInfo info) {
        return info.windowBytes() > 0 ? info.windowBytes() : options.windowBytes();
    }
}
