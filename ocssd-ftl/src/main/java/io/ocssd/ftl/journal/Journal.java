package io.ocssd.ftl.journal;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedMap;
import com.google.common.collect.ImmutableSortedSet;
import io.ocssd.device.BlockReport;
import io.ocssd.error.BusyException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.OpenBlocks;
import io.ocssd.target.LifetimeCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a target remembers beside its vblocks: retired blocks, vblocks being erased, ends of vblocks that recovery sealed, and
 * lifetime counters.
 *
 * <p>Thread-safe. What records something returns when it is durable; many tasks that record at the same time share a
 * program. Nothing is programmed before the first record after an opening. The journal takes one place among the open blocks
 * as long as it is open, and a second one for moments when there is one.
 */
public final class Journal {
    /**
     * Blocks that the journal must be able to have, so that it goes on as long as none fails: the one in use, and the one
     * that replaces it.
     */
    public static final int FEWEST_BLOCKS = 2;

    private final JournalMemory memory;
    private final JournalLog log;
    private final JournalPlaces places;
    private final ImmutableList<Integer> leftovers;
    private final int gaps;

    private Journal(JournalMemory memory, JournalLog log, JournalPlaces places, List<Integer> leftovers, int gaps) {
        this.memory = memory;
        this.log = log;
        this.places = places;
        this.leftovers = ImmutableList.copyOf(leftovers);
        this.gaps = gaps;
    }

    /**
     * Opens the journal of a target, an empty one where there is none. Programs and erases nothing.
     *
     * @param openBlocks of which the journal takes one place, and a second one at times
     * @param blocks where it gets its blocks from then on
     * @param candidates linear numbers of blocks that may be the journal's: those of the target that begin like one, or all
     *     that are neither free nor offline; such that can't be read to their end while they are open were filled before
     * @param report states and write pointers, before any such filling or after it
     * @throws BusyException when as many blocks are open as the device allows
     * @throws io.ocssd.error.CorruptException when a block belongs to the journal of another drive
     * @throws io.ocssd.error.TooNewException when a later version wrote it
     * @throws io.ocssd.error.TooOldException when an earlier version wrote it
     */
    public static Journal open(
            Media media,
            OpenBlocks openBlocks,
            int targetId,
            JournalBlocks blocks,
            List<Integer> candidates,
            BlockReport report)
            throws OcssdException {
        return open(media, openBlocks, targetId, blocks, candidates, report, JournalRules.STANDARD);
    }

    static Journal open(
            Media media,
            OpenBlocks openBlocks,
            int targetId,
            JournalBlocks blocks,
            List<Integer> candidates,
            BlockReport report,
            JournalRules rules)
            throws OcssdException {
        JournalSearch search;
        MediaPath path = media.borrow();
        try {
            search = new JournalSearch(media, path, rules, targetId).run(candidates, report);
        } finally {
            media.giveBack(path);
        }
        JournalPlaces places = new JournalPlaces(media.scheduler(), openBlocks);
        if (!places.tryTake()) {
            throw new BusyException(
                    "the journal of the target needs an open block, and " + openBlocks.openOfAll()
                            + " are open on the drive; the target may have " + openBlocks.most(),
                    "seal or erase vblocks of other targets that are open for writing");
        }
        JournalMemory memory = new JournalMemory(media.scheduler(), search.state());
        JournalLog log =
                new JournalLog(media, places, rules, memory, blocks, targetId, search.highestSequence(), search.kept());
        return new Journal(memory, log, places, search.leftovers(), search.gaps());
    }

    /**
     * Whether a block that begins with this sector is a journal's of this drive, as far as the sector tells.
     *
     * @param buffer little endian
     * @param offset where the sector begins
     */
    public static boolean beginsJournal(ByteBuffer buffer, int offset, long driveId) {
        return buffer.getLong(offset + JournalHeaderLayout.MAGIC_OFFSET) == JournalHeaderLayout.MAGIC
                && buffer.getLong(offset + JournalHeaderLayout.DRIVE_ID_OFFSET) == driveId;
    }

    /**
     * The id of the target whose journal a block belongs to, as far as its first sector tells.
     *
     * @param buffer little endian; {@link #beginsJournal} is true for it
     * @param offset where the sector begins
     */
    public static int targetId(ByteBuffer buffer, int offset) {
        return buffer.getInt(offset + JournalHeaderLayout.TARGET_ID_OFFSET);
    }

    /**
     * Blocks among the candidates that hold old or unfinished journals: nobody needs them, and whoever opened this one is to
     * erase them.
     */
    public ImmutableList<Integer> leftovers() {
        return leftovers;
    }

    /** Blocks that the journal holds now, by linear number; not those that are being erased. */
    public ImmutableList<Integer> blocks() {
        return log.blocks();
    }

    /** Places in the journal found where records were missing before others; 0 unless the media lost something. */
    int gaps() {
        return gaps;
    }

    /** To be asked for before a place among the open blocks is tried for, and then given to {@link #awaitPlace}. */
    public long placeVersion() {
        return places.version();
    }

    /**
     * Waits until the journal does without the second place among the open blocks that it has at times.
     *
     * @param seen of {@link #placeVersion}
     * @return false when it has not had one since, so that it is of no use to try again
     */
    public boolean awaitPlace(long seen) {
        return places.await(seen);
    }

    /**
     * Moves on to another block, wherever it is now, and waits until the one before is given back. Does nothing when the journal
     * has no block.
     *
     * @throws io.ocssd.error.NoSpaceException when there is no block to move to; it stays where it is then
     */
    public void relocate() throws IOException {
        log.relocate();
    }

    /**
     * Says what is recorded as lifetime counters from now on.
     *
     * @param source gives the present ones, those of earlier openings included; does not wait
     */
    public void countFrom(Supplier<LifetimeCounters> source) {
        memory.countFrom(source);
    }

    /** Lifetime counters as they were recorded last. */
    public LifetimeCounters counters() {
        return memory.ask(JournalState::counters);
    }

    /**
     * Retires blocks: they are never used again. The first reason stays. Durable when this returns.
     *
     * @param blocks linear numbers
     * @throws io.ocssd.error.NoSpaceException when there is no block for the journal, or its state fits none
     */
    public void retire(List<Integer> blocks, RetireReason reason) throws IOException {
        log.record(blocks.stream()
                .<JournalRecord>map(block -> new JournalRecord.Retired(block, reason))
                .toList());
    }

    /** Whether a block is retired. */
    public boolean isRetired(int block) {
        return memory.ask(state -> state.retired().containsKey(block));
    }

    /** Retired blocks by linear number, with the reasons. */
    public ImmutableSortedMap<Integer, RetireReason> retired() {
        return memory.ask(state -> ImmutableSortedMap.copyOf(state.retired()));
    }

    /**
     * The erase of a vblock begins: from now on it is gone, whatever blocks of it are left. Durable when this returns.
     *
     * @throws io.ocssd.error.NoSpaceException when there is no block for the journal, or its state fits none
     */
    public void beginErase(long vblockId) throws IOException {
        log.record(List.of(new JournalRecord.Erasing(vblockId)));
    }

    /**
     * Nothing is left of a vblock: its blocks are erased, retired or offline. What was remembered of it is forgotten at the next
     * checkpoint.
     */
    public void endErase(long vblockId) {
        memory.endErase(vblockId);
    }

    /** Vblocks whose erase began and did not end, by id. */
    public ImmutableSortedSet<Long> erasing() {
        return memory.ask(state -> ImmutableSortedSet.copyOf(state.erasing()));
    }

    /**
     * Remembers where vblocks end. Durable when this returns.
     *
     * @param ends by vblock id
     * @throws io.ocssd.error.NoSpaceException when there is no block for the journal
     */
    public void seal(ImmutableSortedMap<Long, SealedEnd> ends) throws IOException {
        log.record(ends.entrySet().stream()
                .<JournalRecord>map(end -> new JournalRecord.Sealed(end.getKey(), end.getValue()))
                .toList());
    }

    /** Vblocks of which is remembered where they end, by id. */
    public ImmutableSortedSet<Long> sealedIds() {
        return memory.ask(state -> ImmutableSortedSet.copyOf(state.sealed().keySet()));
    }

    /** Where a vblock ends; null when that is not remembered. */
    public SealedEnd sealedEnd(long vblockId) {
        return memory.ask(state -> state.sealed().get(vblockId));
    }

    /**
     * Records the counters if anything was recorded since the opening, waits for what is under way, and gives up its place
     * among the open blocks. Later records are refused. Idempotent.
     */
    public void close() {
        log.close();
    }
}
