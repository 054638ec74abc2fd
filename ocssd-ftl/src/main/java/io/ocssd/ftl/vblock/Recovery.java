package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedMap;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.journal.SealedEnd;
import io.ocssd.ftl.media.BatchReader;
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
import java.util.TreeSet;

/**
 * Rebuilds a target's vblocks from the block report and what is on flash.
 *
 * <p>Open blocks are filled to their end first, since the last mw_cunits sectors of an open block can't be read; a cut in
 * the middle of that leaves them open, with more filler behind what counts. Then the headers of all blocks in use are read and
 * the journal is found among them. What it says was being erased is erased, as are blocks that belong to no whole vblock, and
 * each vblock is measured: by what the journal has of it, by its summary, of which the first sector is enough, or by a scan, of
 * which the journal remembers the result. So the time this takes grows with the blocks, and with what is in vblocks that were not sealed,
 * but not with what is in the others. Whatever is cut short here is done by the next recovery. A block that refuses its
 * filler ends its own recovery alone: a vblock whose header can't be read for that is left as it is, neither listed nor
 * erased, and so is one that lacks a block in which it went on. Read-only, nothing is filled or erased, and what can be read is
 * found as it is. Used once, by one task.
 */
final class Recovery {
    private final Media media;
    private final Geometry geometry;
    private final VblockSpace space;
    private final FlashVblocks owner;
    private final Checksum checksum;
    private final List<FlashVblock> found = new ArrayList<>();
    private final boolean readOnly;
    private Journal journal;
    private Set<Long> damaged = ImmutableSet.of();

    /**
     * Prepares a recovery.
     *
     * @param readOnly whether nothing is programmed or erased: what can be read as it is is found all the same
     */
    Recovery(Media media, VblockSpace space, FlashVblocks owner, boolean readOnly) {
        this.media = media;
        this.geometry = media.geometry();
        this.space = space;
        this.owner = owner;
        this.readOnly = readOnly;
        this.checksum = new Checksum(media.scheduler());
    }

    /** Recovers; the owner is told of the journal, and its pool of the free blocks. */
    RecoveryReport run(VblockIds ids) throws IOException {
        BlockPool pool = owner.pool();
        long startNanos = media.scheduler().nanoTime();
        BlockReport report = media.report();
        List<Integer> used = new ArrayList<>();
        List<Integer> free = new ArrayList<>();
        List<Long> open = new ArrayList<>();
        long unreadable = 0;
        MediaPath path = media.borrow();
        try {
            BlockFiller filler = new BlockFiller(media, path);
            for (int block : space.blocks(geometry)) {
                pool.setErases(block, report.eraseCount(block));
                switch (report.state(block)) {
                    case FREE -> free.add(block);
                    case OPEN -> {
                        open.add(geometry.blockPpa(block));
                        unreadable += Math.min(
                                report.writePointer(block), media.limits().mwCunits());
                        used.add(block);
                        filler.add(geometry.blockPpa(block), report.writePointer(block), geometry.sectorsPerBlock());
                    }
                    case CLOSED -> used.add(block);
                    case OFFLINE -> {
                        // Nothing can be read from it or written to it.
                    }
                }
            }
            Set<Long> stillOpen = readOnly ? ImmutableSet.copyOf(open) : fill(filler, open.size());
            BlockSurvey survey = new BlockSurvey(media, space, ids, stillOpen, report).read(used);
            damaged = survey.damaged();
            openJournal(survey.others(), report);
            addFree(free);
            Set<Long> erasing = journal.erasing();
            survey.sort(notForVblocks(), erasing, journal.sealedIds());
            int erased = 0;
            if (!readOnly) {
                owner.eraser().eraseOrphans(leftovers());
                erased = owner.eraser().eraseOrphans(survey.orphans());
            }
            int resealed = measure(path, survey.vblocks(), stillOpen, report);
            forget(erasing);
            return new RecoveryReport(
                    media.scheduler().nanoTime() - startNanos,
                    found.size(),
                    readOnly ? 0 : resealed,
                    erased,
                    filler.programmedSectors(),
                    readOnly ? unreadable : 0);
        } finally {
            media.giveBack(path);
        }
    }

    /** Addresses of blocks, of these vblocks or of none, whose header only the OOB bytes have. */
    Set<Long> damaged() {
        return damaged;
    }

    /** The vblocks, in the order of their ids. */
    List<FlashVblock> found() {
        return found;
    }

    /** Closes what is open; what refused that is returned. */
    private Set<Long> fill(BlockFiller filler, int open) throws GoneException {
        filler.fill();
        Set<Long> stillOpen = stillOpen(filler.failedBlocks());
        space.openBlocks().closed(open - stillOpen.size());
        return stillOpen;
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

    private void openJournal(List<Integer> candidates, BlockReport report) throws OcssdException {
        journal = Journal.open(
                media, space.openBlocks(), space.targetId(), new PoolJournalBlocks(owner.pool()), candidates, report);
        owner.journal(journal);
        owner.pool().foundJournal(journal.blocks().size());
    }

    private void addFree(List<Integer> blocks) {
        Set<Integer> retired = journal.retired().keySet();
        for (int block : blocks) {
            if (!retired.contains(block)) {
                owner.pool().addFree(block);
            }
        }
    }

    private Set<Integer> notForVblocks() {
        return ImmutableSet.<Integer>builder()
                .addAll(journal.retired().keySet())
                .addAll(journal.blocks())
                .addAll(journal.leftovers())
                .build();
    }

    /** Addresses of journal blocks that nobody needs any more. */
    private List<Long> leftovers() {
        Set<Integer> retired = journal.retired().keySet();
        return journal.leftovers().stream()
                .filter(block -> !retired.contains(block))
                .map(geometry::blockPpa)
                .toList();
    }

    /** What the journal need not remember any more: vblocks that are erased now, and ends of those that are not there. */
    private void forget(Set<Long> erased) {
        Set<Long> gone = new TreeSet<>(journal.sealedIds());
        found.forEach(vblock -> gone.remove(vblock.id()));
        gone.addAll(erased);
        gone.forEach(journal::endErase);
    }

    /** How many of them were open. */
    private int measure(MediaPath path, List<FoundVblock> vblocks, Set<Long> stillOpen, BlockReport report)
            throws IOException {
        Measure[] measures = new Measure[vblocks.size()];
        List<Integer> toRead = new ArrayList<>();
        for (int i = 0; i < measures.length; i++) {
            measures[i] = byJournal(vblocks.get(i));
            if (measures[i] == null) {
                toRead.add(i);
            }
        }
        BatchReader.read(
                media,
                toRead.size(),
                1,
                piece -> summaryPpa(vblocks.get(toRead.get(piece))),
                (piece, outcome, bytes, offset) -> {
                    if (outcome == BatchReader.Outcome.READ) {
                        measures[toRead.get(piece)] = bySummary(vblocks.get(toRead.get(piece)), bytes, offset);
                    }
                });
        ImmutableSortedMap.Builder<Long, SealedEnd> ends = ImmutableSortedMap.naturalOrder();
        int resealed = 0;
        for (int i = 0; i < measures.length; i++) {
            FoundVblock vblock = vblocks.get(i);
            Measure measure = measures[i];
            if (measure == null) {
                measure = byScan(path, vblock, report);
                if (measure.whole()
                        && vblock.blocks().stream().map(geometry::blockPpa).noneMatch(stillOpen::contains)) {
                    ends.put(vblock.header().vblockId(), measure.end(vblock));
                }
            }
            if (measure.whole()) {
                StripeLayout layout = owner.layout(vblock.header().width());
                found.add(new FlashVblock(owner, vblock, layout, measure.length(), measure.extents()));
                resealed += wasOpen(vblock, report) ? 1 : 0;
            }
        }
        if (!readOnly) {
            VblockEraser.recorded(() -> journal.seal(ends.build()));
        }
        return resealed;
    }

    /**
     * What a vblock holds.
     *
     * @param endSector where its stream ends; only known after a scan
     * @param extents null when they are yet to be read
     * @param whole whether all blocks are there that it went on in
     */
    private record Measure(long length, long endSector, ExtentMap extents, boolean whole) {
        SealedEnd end(FoundVblock vblock) {
            return new SealedEnd(endSector, length, vblock.moves());
        }
    }

    /** Null when it does not know where the vblock ends. */
    private Measure byJournal(FoundVblock vblock) {
        SealedEnd end = journal.sealedEnd(vblock.header().vblockId());
        return end == null
                ? null
                : new Measure(end.lengthBytes(), end.endSector(), null, end.moves() <= vblock.moves());
    }

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
        return new Measure(length, 0, null, SummaryLayout.moves(bytes, offset) <= vblock.moves());
    }

    private Measure byScan(MediaPath path, FoundVblock vblock, BlockReport report) throws OcssdException {
        BlockHeader header = vblock.header();
        StreamScan scan = new StreamScan(
                media, path, header.vblockId(), owner.layout(header.width()), vblock.map(), vblock.moves(), report);
        ExtentMap extents = scan.run();
        // On the other drives a move of which the block is missing may just not have been synced.
        return new Measure(extents.length(), scan.end(), extents, !scan.missesMove() || media.volatilePairs());
    }

    private static boolean wasOpen(FoundVblock vblock, BlockReport report) {
        return vblock.blocks().stream().anyMatch(block -> report.state(block) == BlockState.OPEN);
    }
}
