package io.ocssd.ftl.vblock;

import io.ocssd.device.ByteClass;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Failures;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;

/**
 * Closes the blocks of a vblock when all it will ever hold is programmed: fills them, all at once, and programs the summary.
 *
 * <p>Filler that fails needs no other block, as long as the block is closed afterwards. The summary does: it is worth one,
 * since without it every opening has to scan the vblock. When there is none left the vblock goes without. Used once, by the
 * writer's task.
 */
final class StripeFiller {
    private final Media media;
    private final FlashVblock vblock;
    private final StripeWriter stripe;
    private final PlaceMover mover;
    private final int sectorsPerBlock;
    private final int summaryPlace;
    private final int summarySector;

    StripeFiller(Media media, FlashVblock vblock, StripeWriter stripe, PlaceMover mover) {
        this.media = media;
        this.vblock = vblock;
        this.stripe = stripe;
        this.mover = mover;
        this.sectorsPerBlock = media.geometry().sectorsPerBlock();
        this.summaryPlace = vblock.width() - 1;
        this.summarySector = sectorsPerBlock - media.limits().wsMin();
    }

    /**
     * Fills; nothing is under way.
     *
     * @param extents for the summary
     * @throws DeviceException when the device does not let a block be closed
     */
    void fill(ExtentMap extents) throws OcssdException {
        MediaPath path = media.borrow();
        try {
            BlockFiller filler = new BlockFiller(media, path);
            for (int place = 0; place < summaryPlace; place++) {
                addRest(filler, place, sectorsPerBlock);
            }
            addRest(filler, summaryPlace, stripe.inBlock(summaryPlace, summarySector));
            fill(filler);
            for (int place = 0; place < summaryPlace; place++) {
                closeIfFailed(filler, place);
            }
            programSummary(path, extents, filler.statusOf(stripe.blockPpa(summaryPlace)));
        } finally {
            media.giveBack(path);
        }
    }

    private void fill(BlockFiller filler) throws GoneException {
        filler.fill();
        for (int i = 0; i < filler.failedPrograms(); i++) {
            mover.programFailed();
        }
    }

    private void addRest(BlockFiller filler, int place, int end) {
        OobHeaders oob = mover.oob();
        filler.add(
                stripe.blockPpa(place),
                stripe.inBlock(place, stripe.submitted(place)),
                end,
                oob == null ? BlockFiller.NO_OOB : command -> oob.addTo(command, place));
    }

    private void closeIfFailed(BlockFiller filler, int place) throws OcssdException {
        long blockPpa = stripe.blockPpa(place);
        int status = filler.statusOf(blockPpa);
        if (status != NvmeStatus.SUCCESS) {
            mover.close(place, status, Failures.of("program of filler", status, blockPpa));
        }
    }

    private void programSummary(MediaPath path, ExtentMap extents, int statusBefore) throws OcssdException {
        int status = statusBefore;
        do {
            if (status != NvmeStatus.SUCCESS && !goOn(status)) {
                return;
            }
            status = programSummary(path, extents);
        } while (status != NvmeStatus.SUCCESS);
        BlockFiller filler = new BlockFiller(media, path);
        stripe.filled(summaryPlace, sectorsPerBlock);
        addRest(filler, summaryPlace, sectorsPerBlock);
        fill(filler);
        closeIfFailed(filler, summaryPlace);
    }

    /** Another block for the summary; false when there is none. */
    private boolean goOn(int status) throws OcssdException {
        DeviceException why = Failures.of("program of the summary", status, stripe.ppa(summaryPlace, summarySector));
        try {
            stripe.wentOn(summaryPlace, mover.moveTo(summaryPlace, summarySector, status, why));
            return true;
        } catch (DeviceException e) {
            if (mover.isOpen(summaryPlace)) {
                throw e;
            }
            return false;
        }
    }

    private int programSummary(MediaPath path, ExtentMap extents) throws GoneException {
        int length = SummaryLayout.encode(
                path.buffer().bytes().clear(),
                media.unitBytes(),
                media.driveId(),
                vblock.id(),
                mover.moves(),
                extents,
                new Checksum(media.scheduler()));
        int[] outcome = new int[1];
        MediaPath.Outcome keep = (tag, status, failed) -> outcome[0] = status;
        path.command()
                .write(path.buffer(), 0)
                .addRun(stripe.ppa(summaryPlace, summarySector), media.limits().wsMin())
                .count(ByteClass.METADATA, length)
                .count(ByteClass.PADDING, media.unitBytes() - length);
        if (mover.oob() != null) {
            mover.oob().addTo(path.command(), summaryPlace);
        }
        path.submit(keep);
        path.drain(keep);
        if (outcome[0] != NvmeStatus.SUCCESS) {
            mover.programFailed();
        }
        return outcome[0];
    }
}
