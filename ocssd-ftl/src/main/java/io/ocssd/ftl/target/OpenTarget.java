package io.ocssd.ftl.target;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.block.BlockOptions;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.OpenBlocks;
import io.ocssd.ftl.page.BlockDevices;
import io.ocssd.ftl.statistics.TargetRecording;
import io.ocssd.ftl.vblock.FlashVblocks;
import io.ocssd.target.BadBlock;
import io.ocssd.target.LifetimeCounters;
import io.ocssd.target.RecoveryReport;
import io.ocssd.target.Target;
import io.ocssd.target.TargetInfo;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.util.List;

/** A target that was opened. */
final class OpenTarget implements Target {
    private final FlashVblocks flashVblocks;
    private final OpenBlocks openBlocks;
    private final TargetRecording recording;
    private final BlockDevices blockDevices;
    private volatile TargetInfo info;

    /**
     * A target.
     *
     * @param openBlocks what its vblocks count their open blocks by
     * @param media the target's own
     * @param readOnly whether nothing is written
     */
    OpenTarget(TargetInfo info, FlashVblocks flashVblocks, OpenBlocks openBlocks, Media media, boolean readOnly) {
        this.info = info;
        this.flashVblocks = flashVblocks;
        this.openBlocks = openBlocks;
        this.blockDevices = new BlockDevices(flashVblocks, media, readOnly);
        this.recording = TargetRecording.open(media.device().info(), media.sectorBytes(), this, openBlocks::open);
    }

    @Override
    public TargetInfo info() {
        return info;
    }

    @Override
    public Vblocks vblocks() {
        return flashVblocks;
    }

    @Override
    public RecoveryReport recovery() {
        return flashVblocks.recovery();
    }

    @Override
    public LifetimeCounters lifetime() {
        return flashVblocks.lifetime();
    }

    @Override
    public List<BadBlock> badBlocks() throws IOException {
        return flashVblocks.badBlocks();
    }

    @Override
    public void markBad(int block) throws IOException {
        flashVblocks.markBad(block);
    }

    @Override
    public void formatBlockDevice(BlockFormat format) throws IOException {
        blockDevices.format(format);
    }

    @Override
    public BlockDevice openBlockDevice(BlockOptions options) throws IOException {
        return blockDevices.open(options);
    }

    FlashVblocks flashVblocks() {
        return flashVblocks;
    }

    OpenBlocks openBlocks() {
        return openBlocks;
    }

    /** Gives up its idle data paths; recordings see it no more. */
    void close() {
        recording.close();
        flashVblocks.close();
    }

    /** The label says something else of it. */
    void changed(TargetInfo newInfo) {
        info = newInfo;
    }
}
