package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.journal.Journal;
import io.ocssd.ftl.journal.RetireReason;
import io.ocssd.ftl.media.BlockEraser;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the blocks of vblocks free again; those that can't be erased, and those that failed, are retired. Thread-safe.
 *
 * <p>The journal is told first, so that after a power cut in the middle the vblock is gone, whatever is left of it. That is not
 * needed for a vblock of one block, and not possible when the journal finds no block any more in which it can write: a full
 * target has to be able to erase. Then the order has to do: those that don't count go first, then those in which the places
 * begin, without any of which it is no vblock, and then those in which it went on.
 */
final class VblockEraser {
    private final Media media;
    private final Geometry geometry;
    private final BlockPool pool;
    private final VblockCounters counters;
    /** Set while the target is opened. */
    private Journal journal;

    VblockEraser(Media media, BlockPool pool, VblockCounters counters) {
        this.media = media;
        this.geometry = media.geometry();
        this.pool = pool;
        this.counters = counters;
    }

    /** Recovery has opened the journal. */
    void journal(Journal opened) {
        journal = opened;
    }

    /**
     * Erases a vblock that nobody writes to.
     *
     * @param map what counts; null when nothing does
     * @param allClosed whether all its blocks are closed, so that they need no filler
     */
    void erase(long vblockId, PlaceMap map, VblockBlocks blocks, boolean allClosed) throws IOException {
        List<Integer> owned = blocks.owned();
        if (owned.size() == 1 || recorded(() -> journal.beginErase(vblockId))) {
            free(blocks, owned, map != null && allClosed);
        } else {
            freeInOrder(map, blocks, allClosed);
        }
        journal.endErase(vblockId);
    }

    /** Makes blocks free of which none was programmed. */
    void free(VblockBlocks blocks) throws IOException {
        free(blocks, blocks.owned(), false);
    }

    /**
     * Erases blocks that belong to nothing; those that can't be erased are retired.
     *
     * @param blockPpas addresses of closed blocks
     * @return how many were erased
     */
    int eraseOrphans(List<Long> blockPpas) throws IOException {
        return erase(
                blockPpas.stream().map(geometry::blockIndex).collect(ImmutableList.toImmutableList()),
                VblockBlocks.closed(List.of()));
    }

    /** Takes blocks out of use for good; returns when that is durable, unless the journal can't write. */
    void retire(List<Integer> blocks, RetireReason reason) throws IOException {
        if (!blocks.isEmpty()) {
            counters.retiredBlocks.add(blocks.size());
            recorded(() -> journal.retire(blocks, reason));
        }
    }

    private void freeInOrder(PlaceMap map, VblockBlocks blocks, boolean allClosed) throws IOException {
        List<Integer> losers = new ArrayList<>(blocks.owned());
        List<Integer> firsts = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        if (map != null) {
            map.forEachFirst(ppa -> firsts.add(geometry.blockIndex(ppa)));
            map.forEachBlock(ppa -> others.add(geometry.blockIndex(ppa)));
            losers.removeAll(others);
            others.removeAll(firsts);
        }
        // Nothing may have been programmed there at all.
        free(blocks, losers, false);
        free(blocks, firsts, allClosed);
        free(blocks, others, allClosed);
    }

    private void free(VblockBlocks blocks, List<Integer> some, boolean allClosed) throws IOException {
        List<Integer> toErase = some;
        if (!allClosed && !some.isEmpty()) {
            toErase = new ArrayList<>();
            List<Integer> suspects = new ArrayList<>();
            BlockReport report = media.report();
            for (int block : some) {
                if (report.state(block) == BlockState.FREE) {
                    if (blocks.suspicion(block) == null) {
                        pool.addFree(block);
                    } else {
                        suspects.add(block);
                    }
                } else if (report.state(block) != BlockState.OFFLINE) {
                    toErase.add(block);
                }
            }
            retire(suspects, RetireReason.PROGRAM_FAILED);
            close(toErase, report);
        }
        erase(toErase, blocks);
    }

    private void close(List<Integer> blocks, BlockReport report) throws GoneException {
        if (blocks.isEmpty()) {
            return;
        }
        MediaPath path = media.borrow();
        try {
            BlockFiller filler = new BlockFiller(media, path);
            for (int block : blocks) {
                if (report.state(block) == BlockState.OPEN) {
                    filler.add(geometry.blockPpa(block), report.writePointer(block), geometry.sectorsPerBlock());
                }
            }
            filler.fill();
        } finally {
            media.giveBack(path);
        }
    }

    private int erase(List<Integer> blocks, VblockBlocks suspects) throws IOException {
        int[] statuses = eraseAll(blocks);
        List<Integer> failed = new ArrayList<>();
        List<Integer> suspect = new ArrayList<>();
        for (int i = 0; i < statuses.length; i++) {
            int block = blocks.get(i);
            if (statuses[i] != NvmeStatus.SUCCESS) {
                failed.add(block);
            } else if (suspects.suspicion(block) != null) {
                suspect.add(block);
            } else {
                pool.addErased(block);
            }
        }
        retire(suspect, RetireReason.PROGRAM_FAILED);
        retireFailed(failed);
        return statuses.length - failed.size();
    }

    private int[] eraseAll(List<Integer> blocks) throws GoneException {
        if (blocks.isEmpty()) {
            return new int[0];
        }
        MediaPath path = media.borrow();
        try {
            return BlockEraser.erase(
                    path, blocks.stream().map(geometry::blockPpa).toList());
        } finally {
            media.giveBack(path);
        }
    }

    /** The device remembers itself what it has taken out of use. */
    private void retireFailed(List<Integer> blocks) throws IOException {
        if (blocks.isEmpty()) {
            return;
        }
        BlockReport report = media.report();
        List<Integer> left = new ArrayList<>(blocks);
        left.removeIf(block -> report.state(block) == BlockState.OFFLINE);
        counters.retiredBlocks.add(blocks.size() - left.size());
        retire(left, RetireReason.ERASE_FAILED);
    }

    /** Records something in the journal. */
    @FunctionalInterface
    interface Entry {
        void write() throws IOException;
    }

    /** Whether the journal could write; what it could not write it knows all the same, and writes it when it can again. */
    static boolean recorded(Entry record) throws IOException {
        try {
            record.write();
            return true;
        } catch (GoneException e) {
            throw e;
        } catch (OcssdException e) {
            return false;
        }
    }
}
