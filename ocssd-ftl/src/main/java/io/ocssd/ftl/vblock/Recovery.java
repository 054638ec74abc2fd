package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.BlockEraser;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import io.ocssd.target.RecoveryReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Rebuilds a target's vblocks from the block report and what is on flash.
 *
 * <p>Open blocks are filled to their end first, since the last mw_cunits sectors of an open block can't be read; a cut in
 * the middle of that leaves them open, with more filler behind what counts. Then the headers of all blocks in use are read,
 * blocks that belong to no whole vblock are erased, and each vblock is measured: by its summary, or by a scan. Whatever is
 * cut short here is done by the next recovery. A block that refuses its filler ends its own recovery alone: a vblock whose
 * header can't be read for that is left as it is, neither listed nor erased. Used once, by one task.
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
            BlockSurvey survey = new BlockSurvey(media, space, ids, ImmutableSet.copyOf(filler.failedBlocks()), report)
                    .run(path, used);
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
    private int measure(MediaPath path, List<BlockHeader> headers, BlockReport report)
            throws DeviceException, GoneException {
        int resealed = 0;
        for (BlockHeader header : headers) {
            StripeLayout layout = owner.layout(header.width());
            int[] writePointers = new int[header.width()];
            boolean open = false;
            for (int place = 0; place < header.width(); place++) {
                int block = geometry.blockIndex(header.members().get(place));
                writePointers[place] = report.writePointer(block);
                open |= report.state(block) == BlockState.OPEN;
            }
            ExtentMap extents = readSummary(path, header, layout, writePointers);
            if (extents == null) {
                extents = new StreamScan(media, path, header, layout, writePointers).run();
            }
            found.add(new FlashVblock(owner, header, layout, extents));
            resealed += open ? 1 : 0;
        }
        return resealed;
    }

    /** Null when there is none. */
    private ExtentMap readSummary(MediaPath path, BlockHeader header, StripeLayout layout, int[] writePointers)
            throws DeviceException, GoneException {
        int last = header.width() - 1;
        int wsMin = media.limits().wsMin();
        int sector = geometry.sectorsPerBlock() - wsMin;
        if (writePointers[last] < geometry.sectorsPerBlock()) {
            return null;
        }
        long[] ppas = new long[wsMin];
        for (int i = 0; i < wsMin; i++) {
            ppas[i] = header.members().get(last) + sector + i;
        }
        if (SectorReader.read(path, ppas, wsMin) != -1L >>> (Long.SIZE - wsMin)) {
            return null;
        }
        return SummaryLayout.decode(
                path.buffer().bytes().clear(),
                0,
                media.unitBytes(),
                media.driveId(),
                header.vblockId(),
                layout,
                checksum);
    }
}
