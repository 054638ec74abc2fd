package io.ocssd.ftl.vblock;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.BatchReader;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.FillerLayout;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads the headers of blocks in use and, once the journal was found among them, sorts the blocks into whole vblocks and
 * orphans: blocks without a valid header of this target, blocks of vblocks that were half made or half erased, and blocks that a vblock went on in and left again
 * before anything counted there. Used once, by one task.
 *
 * <p>What was read and is no header was half made or half erased. What the media can't deliver is another matter: such a
 * block, and a vblock that lacks it, are left as they are, unless nothing but filler is in any of them: then the header was
 * lost when it was programmed. On a drive that loses sectors at a power cut they are orphans, since a sync makes headers safe
 * before anything else is: what has lost one holds nothing that was synced. But for vblocks that were sealed: no cut takes
 * anything of them.
 */
final class BlockSurvey {
    /** In place of the id of a vblock. */
    private static final long ANY = -1;

    private final Media media;
    private final Geometry geometry;
    private final VblockSpace space;
    private final VblockIds ids;
    private final Set<Long> unfilled;
    private final BlockReport report;
    private final Checksum checksum;
    private Set<Long> sealed = ImmutableSet.of();
    private final TreeMap<Long, List<BlockHeader>> headers = new TreeMap<>();
    /** Addresses of blocks of which the media can't deliver the header. */
    private final Set<Long> unreadable = new HashSet<>();

    private final Set<Long> damaged = new HashSet<>();

    private final List<FoundVblock> vblocks = new ArrayList<>();
    private final List<Long> orphans = new ArrayList<>();

    /**
     * Prepares a survey.
     *
     * @param unfilled addresses of open blocks that refused their filler: what can't be read of them is no reason to erase
     *     anything
     * @param report states of all blocks, from before any filler; what is offline is no reason either
     */
    BlockSurvey(Media media, VblockSpace space, VblockIds ids, Set<Long> unfilled, BlockReport report) {
        this.media = media;
        this.geometry = media.geometry();
        this.space = space;
        this.ids = ids;
        this.unfilled = unfilled;
        this.report = report;
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * Reads.
     *
     * @param used blocks that are neither free nor offline, by linear number
     * @throws CorruptException when one belongs to another drive
     */
    BlockSurvey read(List<Integer> used) throws OcssdException {
        BatchReader.read(
                media,
                used.size(),
                headerSectors(),
                piece -> geometry.blockPpa(used.get(piece)),
                (piece, outcome, bytes, offset) -> take(geometry.blockPpa(used.get(piece)), outcome, bytes, offset));
        lookIntoOob();
        return this;
    }

    /** Blocks whose header the media can't deliver, and which say in their OOB bytes whose they are. */
    private void lookIntoOob() throws OcssdException {
        if (unreadable.isEmpty()) {
            return;
        }
        MediaPath path = media.borrow();
        try {
            for (long blockPpa : ImmutableList.sortedCopyOf(unreadable)) {
                BlockHeader header = OobHeaderReader.read(media, path, blockPpa, checksum);
                if (header != null) {
                    unreadable.remove(blockPpa);
                    damaged.add(blockPpa);
                    take(header, blockPpa);
                }
            }
        } finally {
            media.giveBack(path);
        }
    }

    /** Addresses of blocks whose header was only found in their OOB bytes. */
    Set<Long> damaged() {
        return damaged;
    }

    /**
     * Blocks that don't begin like one of a vblock, by linear number, ascending: the journal's are among them.
     */
    List<Integer> others() {
        Set<Long> others = new TreeSet<>(unreadable);
        others.addAll(orphans);
        return others.stream().map(geometry::blockIndex).collect(ImmutableList.toImmutableList());
    }

    /**
     * Sorts.
     *
     * @param left blocks to leave alone: the journal's and those that are never used again
     * @param erasing ids of vblocks whose erase was begun: whatever is left of them is an orphan
     * @param sealedIds ids of vblocks that an earlier recovery found whole and closed
     * @throws CorruptException when a vblock has a block on a LUN of which everything is offline
     */
    BlockSurvey sort(Set<Integer> left, Set<Long> erasing, Set<Long> sealedIds) throws OcssdException {
        sealed = sealedIds;
        orphans.removeIf(blockPpa -> left.contains(geometry.blockIndex(blockPpa)));
        unreadable.removeIf(blockPpa -> left.contains(geometry.blockIndex(blockPpa)));
        for (List<BlockHeader> each : headers.values()) {
            each.removeIf(
                    header -> left.contains(geometry.blockIndex(header.piece().blockPpa())));
            if (each.isEmpty()) {
                continue;
            }
            if (erasing.contains(each.get(0).vblockId())) {
                each.forEach(header -> orphans.add(header.piece().blockPpa()));
                // None of its blocks is another vblock's before all are erased.
                for (long member : each.get(0).members().asList()) {
                    if (unreadable.remove(member)) {
                        orphans.add(member);
                    }
                }
            } else {
                sort(each);
            }
        }
        for (long blockPpa : ImmutableList.sortedCopyOf(unreadable)) {
            if (media.volatilePairs() ? !hasSummary(blockPpa, lastUnit(), ANY) : isEmpty(blockPpa)) {
                orphans.add(blockPpa);
            }
        }
        orphans.sort(null);
        return this;
    }

    /** The whole vblocks, in the order of their ids. */
    List<FoundVblock> vblocks() {
        return vblocks;
    }

    /** Addresses of the blocks to erase. */
    List<Long> orphans() {
        return orphans;
    }

    /** Whether the first unit behind the header that is not lost, too, is filler or was never programmed. */
    private boolean isEmpty(long blockPpa) throws OcssdException {
        int wsMin = media.limits().wsMin();
        int units = geometry.sectorsPerBlock() / wsMin - 1;
        int[] first = {units};
        boolean[] empty = new boolean[1];
        BatchReader.read(media, units, 1, unit -> blockPpa + (unit + 1L) * wsMin, (unit, outcome, bytes, offset) -> {
            if (outcome != BatchReader.Outcome.FAILED && unit < first[0]) {
                first[0] = unit;
                empty[0] = outcome == BatchReader.Outcome.NOTHING
                        || FillerLayout.isFiller(bytes, offset, media.driveId(), checksum);
            }
        });
        return empty[0];
    }

    private int headerSectors() {
        // A vblock may be wider than its target is now.
        int widest = Math.min(geometry.luns(), BlockHeaderLayout.mostMembers(media.unitBytes()));
        return (BlockHeaderLayout.length(widest) + media.sectorBytes() - 1) / media.sectorBytes();
    }

    private void take(long blockPpa, BatchReader.Outcome outcome, ByteBuffer bytes, int offset) throws OcssdException {
        if (outcome == BatchReader.Outcome.FAILED) {
            unreadable.add(blockPpa);
            return;
        }
        boolean there = outcome == BatchReader.Outcome.READ;
        BlockHeader header =
                there ? BlockHeaderLayout.decode(bytes, offset, headerSectors() * media.sectorBytes(), checksum) : null;
        if (header != null) {
            take(header, blockPpa);
        } else if (there || !unfilled.contains(blockPpa)) {
            orphans.add(blockPpa);
        }
    }

    private void take(BlockHeader header, long blockPpa) throws CorruptException {
        checkDrive(header, blockPpa);
        ids.seen(header.vblockId());
        if (header.targetId() == space.targetId() && isAt(header, blockPpa)) {
            headers.computeIfAbsent(header.vblockId(), id -> new ArrayList<>(1)).add(header);
        } else {
            orphans.add(blockPpa);
        }
    }

    private static boolean isAt(BlockHeader header, long blockPpa) {
        Piece piece = header.piece();
        return piece.blockPpa() == blockPpa
                && (!piece.isOriginal() || header.members().get(header.place()) == blockPpa);
    }

    private void checkDrive(BlockHeader header, long blockPpa) throws CorruptException {
        if (header.driveId() != media.driveId()) {
            throw new CorruptException(
                    "the block at " + Ppa.toString(blockPpa) + " holds a vblock of another drive",
                    "was this drive put together from others? recreate it to use it");
        }
    }

    private void sort(List<BlockHeader> ofOneVblock) throws OcssdException {
        BlockHeader first = ofOneVblock.get(0);
        PieceSorter pieces = new PieceSorter(first, media.limits().wsMin());
        boolean strangers = false;
        for (BlockHeader header : ofOneVblock) {
            if (isHalfCopied(header.piece())) {
                orphans.add(header.piece().blockPpa());
            } else if (header.belongsWith(first)) {
                pieces.add(header.place(), header.piece());
            } else {
                strangers = true;
            }
        }
        pieces.settle();
        if (pieces.isWhole() && !strangers) {
            vblocks.add(pieces.found(geometry));
            orphans.addAll(pieces.losers());
        } else if (mayBeWhole(ofOneVblock, pieces) && !isEmpty(ofOneVblock, first, pieces)) {
            checkLuns(first, pieces);
            leaveMissing(first, pieces);
        } else {
            for (BlockHeader header : ofOneVblock) {
                if (!isHalfCopied(header.piece())) {
                    orphans.add(header.piece().blockPpa());
                }
            }
        }
    }

    /** Whether all that a vblock lacks are headers that can't be read, and there is nothing in any of its blocks. */
    private boolean isEmpty(List<BlockHeader> ofOneVblock, BlockHeader first, PieceSorter pieces)
            throws OcssdException {
        for (int place = 0; place < first.width(); place++) {
            long member = first.members().get(place);
            if (!pieces.begins(place) && !(unreadable.contains(member) && isEmpty(member))) {
                return false;
            }
        }
        for (BlockHeader header : ofOneVblock) {
            if (!isEmpty(header.piece().blockPpa())) {
                return false;
            }
        }
        return true;
    }

    /** Whether a block is a copy that was cut short. */
    private boolean isHalfCopied(Piece piece) {
        return piece.copy() > 0
                && report.writePointer(geometry.blockIndex(piece.blockPpa())) < geometry.sectorsPerBlock();
    }

    /**
     * Whether the headers that are missing are of blocks that can't be read, or that are offline: such a vblock is left as it
     * is. One that was half made or half erased has blocks that are free, or that are another vblock's by now.
     */
    private boolean mayBeWhole(List<BlockHeader> ofOneVblock, PieceSorter pieces) throws OcssdException {
        BlockHeader header = ofOneVblock.get(0);
        boolean noCutTookIt = !media.volatilePairs() || wasSealed(ofOneVblock);
        for (int place = 0; place < header.width(); place++) {
            long member = header.members().get(place);
            boolean mayBeThere = unfilled.contains(member)
                    || isOffline(geometry.blockIndex(member))
                    || (unreadable.contains(member) && noCutTookIt);
            if (!pieces.begins(place) && !mayBeThere) {
                return false;
            }
        }
        return true;
    }

    /** Whether all blocks of a vblock were closed once, so that a power cut could take nothing of them. */
    private boolean wasSealed(List<BlockHeader> ofOneVblock) throws OcssdException {
        BlockHeader first = ofOneVblock.get(0);
        int place = first.width() - 1;
        if (sealed.contains(first.vblockId()) || hasSummary(first.members().get(place), lastUnit(), first.vblockId())) {
            return true;
        }
        for (BlockHeader header : ofOneVblock) {
            Piece piece = header.piece();
            if (header.place() == place
                    && hasSummary(
                            piece.blockPpa(),
                            piece.inBlock(lastUnit(), media.limits().wsMin()),
                            first.vblockId())) {
                return true;
            }
        }
        return false;
    }

    private int lastUnit() {
        return geometry.sectorsPerBlock() - media.limits().wsMin();
    }

    private boolean hasSummary(long blockPpa, int sector, long wantedId) throws OcssdException {
        MediaPath path = media.borrow();
        try {
            long[] ppas = {Ppa.withSector(blockPpa, sector)};
            if (SectorReader.readable(path, ppas, ppas.length) == 0) {
                return false;
            }
            ByteBuffer bytes = path.buffer().bytes().clear();
            long vblockId = bytes.getLong(SummaryLayout.VBLOCK_ID_OFFSET);
            return (wantedId == ANY || wantedId == vblockId)
                    && SummaryLayout.isSummary(bytes, 0, media.unitBytes(), media.driveId(), vblockId, checksum);
        } finally {
            media.giveBack(path);
        }
    }

    /** The blocks that such a vblock lacks are left as well, even those that hold nothing: without one it would be no vblock. */
    private void leaveMissing(BlockHeader header, PieceSorter pieces) {
        for (int place = 0; place < header.width(); place++) {
            if (!pieces.begins(place)) {
                unreadable.remove(header.members().get(place));
            }
        }
    }

    /** Whether all that is missing is missing because a LUN is: then nothing of the target can be trusted to be there. */
    private void checkLuns(BlockHeader header, PieceSorter pieces) throws CorruptException {
        for (int place = 0; place < header.width(); place++) {
            long member = header.members().get(place);
            if (!pieces.begins(place) && isDead(geometry.lunIndex(member))) {
                throw new CorruptException(
                        "vblock " + Long.toHexString(header.vblockId()) + " has a block on LUN "
                                + geometry.lunIndex(member)
                                + ", of which every block is offline; nothing was erased",
                        "bring the LUN back, or recreate the target without it");
            }
        }
    }

    private boolean isDead(int lun) {
        int first = lun * geometry.blocksPerLun();
        for (int block = first; block < first + geometry.blocksPerLun(); block++) {
            if (!isOffline(block)) {
                return false;
            }
        }
        return true;
    }

    private boolean isOffline(int block) {
        return report.state(block) == BlockState.OFFLINE;
    }
}
