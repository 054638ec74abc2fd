package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.BatchReader;
import io.ocssd.ftl.media.BlockEraser;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.target.RecoveryReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rebuilds a target's vblocks from the block report and what is on flash.
 *
 * <p>Open blocks are filled to their end first, since the last mw_cunits sectors of an open block can't be read; a cut in
 * the middle of that leaves them open, with more filler behind what counts. Then the headers of all blocks in use are read,
 * blocks that belong to no whole vblock are erased, and each vblock is measured: by its summary, of which the first sector
 * is enough, or by a scan. So the time this takes grows with the blocks, and with what is in vblocks that were not sealed,
 * but not with what is in the others. Whatever is cut short here is done by the next recovery. A block that refuses its
 * filler ends its own recovery alone: a vblock whose header can't be read for that is left as it is, neither listed nor
 * erased, and so is one that lacks a block in which it went on. Used once, by one task.
 */
final class Recovery {
    private final Media media;
    private final Geometry geometry;
    private final VblockSpace space;
    private final FlashVblocks owner;
    private final Checksum checksum;
    private final List<FlashVblock> found = new ArrayList<>();

    Recovery(Media media, VblockSpace space, FlashVblocks owner) {
        this.media = media;
        this.geometry = media.geometry();
        this.space = space;
        this.owner = owner;
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * Recovers.
     *
     * @param pool receives the free blocks
     */
    RecoveryReport run(VblockIds ids, BlockPool pool) throws IOException {
        long startNanos = media.scheduler().nanoTime();
        BlockReport report = media.report();
        List<Integer> used = new ArrayList<>();
        int open = 0;
        MediaPath path = media.borrow();
        try {
            BlockFiller filler = new BlockFiller(media, path);
            for (int block : blocks()) {
                pool.setErases(block, report.eraseCount(block));
                switch (report.state(block)) {
                    case FREE -> pool.addFree(block);
                    case OPEN -> {
                        open++;
                        used.add(block);
                        filler.add(geometry.blockPpa(block), report.writePointer(block), geometry.sectorsPerBlock());
                    }
                    case CLOSED -> used.add(block);
                    case OFFLINE -> {
                        // Nothing can be read from it or written to it.
                    }
                }
            }
            filler.fill();
            space.openBlocks().closed(open);
            BlockSurvey survey = new BlockSurvey(media, space, ids, stillOpen(filler.failedBlocks()), report).run(used);
            int erased = erase(path, survey.orphans(), pool);
            int resealed = measure(path, survey.vblocks(), report);
            return new RecoveryReport(
                    media.scheduler().nanoTime() - startNanos,
                    found.size(),
                    resealed,
                    erased,
                    filler.programmedSectors());
        } finally {
            media.giveBack(path);
        }
    }

    /** The vblocks, in the order of their ids. */
    List<FlashVblock> found() {
        return found;
    }

    /** Those of blocks that refused their filler that can't be read for it: a block that was closed can. */
    private Set<Long> stillOpen(List<Long> unfilled) throws GoneException {
        if (unfilled.isEmpty()) {
            return ImmutableSet.of();
        }
        BlockReport now = media.report();
        return unfilled.stream()
                .filter(blockPpa -> now.state(geometry.blockIndex(blockPpa)) == BlockState.OPEN)
                .collect(ImmutableSet.toImmutableSet());
    }

    private List<Integer> blocks() {
        ImmutableList.Builder<Integer> blocks = ImmutableList.builder();
        for (int lun : space.luns()) {
            for (int i = 0; i < geometry.blocksPerLun(); i++) {
                int block = lun * geometry.blocksPerLun() + i;
                if (!space.reserved().contains(block)) {
                    blocks.add(block);
                }
            }
        }
        return blocks.build();
    }

    private int erase(MediaPath path, List<Long> orphans, BlockPool pool) throws GoneException {
        int erased = 0;
        int[] statuses = BlockEraser.erase(path, orphans);
        for (int i = 0; i < statuses.length; i++) {
            if (statuses[i] == NvmeStatus.SUCCESS) {
                pool.addErased(geometry.blockIndex(orphans.get(i)));
                erased++;
            }
        }
        return erased;
    }

    /** How many of them were open. */
    private int measure(MediaPath path, List<FoundVblock> vblocks, BlockReport report) throws OcssdException {
        Measure[] measures = new Measure[vblocks.size()];
        BatchReader.read(
                media, vblocks.size(), 1, piece -> summaryPpa(vblocks.get(piece)), (piece, outcome, bytes, offset) -> {
                    if (outcome == BatchReader.Outcome.READ) {
                        measures[piece] = bySummary(vblocks.get(piece), bytes, offset);
                    }
                });
        int resealed = 0;
        for (int i = 0; i < measures.length; i++) {
            FoundVblock vblock = vblocks.get(i);
            Measure measure = measures[i] == null ? byScan(path, vblock, report) : measures[i];
            if (measure.whole()) {
                StripeLayout layout = owner.layout(vblock.header().width());
                found.add(new FlashVblock(owner, vblock, layout, measure.length(), measure.extents()));
                resealed += wasOpen(vblock, report) ? 1 : 0;
            }
        }
        return resealed;
    }

    /**
     * What a vblock holds.
     *
     * @param extents null when they are yet to be read
     * @param whole whether all blocks are there that it went on in
     */
    private record Measure(long length, ExtentMap extents, boolean whole) {}

    private long summaryPpa(FoundVblock vblock) {
        return ExtentLoader.summaryPpa(media, vblock.map(), vblock.header().width());
    }

    /** Null when there is none. */
    private Measure bySummary(FoundVblock vblock, ByteBuffer bytes, int offset) {
        long id = vblock.header().vblockId();
        if (!SummaryLayout.isSummary(bytes, offset, media.unitBytes(), media.driveId(), id, checksum)) {
            return null;
        }
        long length = SummaryLayout.payload(bytes, offset);
        return new Measure(length, null, SummaryLayout.moves(bytes, offset) <= vblock.moves());
    }

    private Measure byScan(MediaPath path, FoundVblock vblock, BlockReport report) throws OcssdException {
        BlockHeader header = vblock.header();
        StreamScan scan = new StreamScan(
                media, path, header.vblockId(), owner.layout(header.width()), vblock.map(), vblock.moves(), report);
        ExtentMap extents = scan.run();
        // On the other drives a move of which the block is missing may just not have been synced.
        return new Measure(extents.length(), extents, !scan.missesMove() || media.volatilePairs());
    }

    private static boolean wasOpen(FoundVblock vblock, BlockReport report) {
        return vblock.blocks().stream().anyMatch(block -> report.state(block) == BlockState.OPEN);
    }
}
