package io.ocssd.ftl.target;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.error.CorruptException;
import io.ocssd.error.DeviceException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.BatchReader;
import io.ocssd.ftl.media.BlockCloser;
import io.ocssd.ftl.media.BlockEraser;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Failures;
import io.ocssd.ftl.media.Fingerprint;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import io.ocssd.ftl.media.SectorReader;
import io.ocssd.target.BlockRange;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads and replaces the label on flash.
 *
 * <p>Two copies, two blocks each; on a drive of one LUN one copy, of three blocks unless it is small. Label number n goes to slot n mod 2 (3) of all copies, so that label n - 1 stays where it is
 * until n is complete. Of each copy: what is there is padded to its end if its writer was stopped (an open block can't be
 * erased), erased, filled up to the last unit, and then the record is programmed, which closes the block. A zone is erased as
 * it is, the record is programmed to its beginning, and the zone is finished. So a label is there from the moment its block is
 * closed, whole, and no state between is taken for one.
 *
 * <p>A block in which a label can't be made gives its place to a free one of the same LUN, for good: the label names its
 * blocks. Only where no block is free the slot is passed over. Used by whoever has the drive's turn.
 */
final class LabelStore {
    /** How often a copy is tried in one block. */
    private static final int MOST_ATTEMPTS = 3;

    private final Media media;
    private final Geometry geometry;
    private final Checksum checksum;
    /** Closed blocks of which the last {@link #load} could not read the record. */
    private Set<Integer> unreadable = ImmutableSet.of();
    /** Highest sequence that was tried to store, whatever became of it. */
    private long triedSequence = -1;

    LabelStore(Media media) {
        this.media = media;
        this.geometry = media.geometry();
        this.checksum = new Checksum(media.scheduler());
    }

    /**
     * The label with the highest sequence; null when there is none.
     *
     * @throws NotRecognisedException when it is for another drive or geometry
     */
    Label load(BlockReport report) throws IOException {
        List<Integer> closed = new ArrayList<>();
        for (int block : LabelPlaces.reach(geometry)) {
            if (report.state(block) == BlockState.CLOSED) {
                closed.add(block);
            }
        }
        Label[] found = new Label[closed.size()];
        List<Integer> failed = new ArrayList<>();
        int firstSector = recordSector();
        BatchReader.read(
                media,
                closed.size(),
                media.limits().wsMin(),
                piece -> geometry.blockPpa(closed.get(piece)) + firstSector,
                (piece, outcome, bytes, offset) -> {
                    if (outcome == BatchReader.Outcome.READ) {
                        found[piece] = LabelLayout.decode(bytes, offset, media.unitBytes(), geometry.luns(), checksum);
                    } else if (outcome == BatchReader.Outcome.FAILED) {
                        failed.add(closed.get(piece));
                    }
                });
        Label newest = null;
        Label foreign = null;
        for (int i = 0; i < found.length; i++) {
            // User data may look like a label: one counts only where it says that it lies.
            if (found[i] == null || !found[i].blocks().contains(closed.get(i))) {
                continue;
            }
            if (found[i].driveId() != media.driveId()) {
                foreign = found[i];
            } else if (newest == null || found[i].sequence() > newest.sequence()) {
                newest = found[i];
            }
        }
        if (newest == null && !failed.isEmpty()) {
            throw failure(failed.get(0));
        }
        Label best = newest == null ? foreign : newest;
        if (best != null) {
            check(best);
        }
        unreadable = ImmutableSet.copyOf(failed);
        return best;
    }

    /** Why a block can't be read, which a command for many did not tell. */
    private DeviceException failure(int block) throws OcssdException {
        MediaPath path = media.borrow();
        try {
            long[] ppas = {geometry.blockPpa(block) + recordSector()};
            SectorReader.read(path, ppas, ppas.length);
            return Failures.of("read of the label", NvmeStatus.UNRECOVERED_READ, ppas[0]);
        } catch (DeviceException e) {
            return e;
        } finally {
            media.giveBack(path);
        }
    }

    /**
     * Checks that no label can have been newer than the one that was loaded, before anything is written by that: what a later
     * one gave a target would be taken for leftovers. A power cut that tore the only copy of a label on a drive without zones
     * leaves what looks like one that the media lost, so nothing is said there.
     *
     * @throws CorruptException when all blocks of the slot behind its own are whole, but can't be read
     */
    void checkNewest(Label loaded) throws CorruptException {
        Label next = loaded.withNextSlot();
        if (next.copies() == 1 && !isZoned()) {
            return;
        }
        for (int copy = 0; copy < next.copies(); copy++) {
            if (!unreadable.contains(next.block(copy))) {
                return;
            }
        }
        throw new CorruptException(
                "the label at " + Ppa.toString(geometry.blockPpa(next.block(0)))
                        + " can't be read, and it may be newer than the one that can",
                "open the drive read-only and look at its targets; if none is missing or of another size than it should be,"
                        + " erase that block with ocssd io erase and open the drive again");
    }

    /**
     * A label without targets, to be updated before its first use; takes blocks that are free, or else what attempts to make
     * a label left behind.
     */
    Label firstLabel(BlockReport report) throws OcssdException {
        List<Integer> leftovers = new UnlabelledDrive(media).leftovers(report);
        List<Integer> usable = new ArrayList<>();
        for (int block : LabelPlaces.candidates(geometry)) {
            if (report.state(block) == BlockState.FREE) {
                usable.add(block);
            }
        }
        usable.addAll(leftovers);
        List<Integer> blocks = new ArrayList<>();
        for (int copy = 0; copy < LabelPlaces.copies(geometry); copy++) {
            int wanted = blocks.size() + LabelPlaces.slots(geometry);
            int lun = LabelPlaces.lun(geometry, copy);
            for (int block : usable) {
                if (blocks.size() < wanted && block / geometry.blocksPerLun() == lun && !blocks.contains(block)) {
                    blocks.add(block);
                }
            }
            if (blocks.size() < wanted) {
                throw new NoSpaceException(
                        "LUN " + lun + " has too few free blocks among its first " + LabelPlaces.CANDIDATES
                                + " for the label",
                        "use a drive with fewer bad blocks");
            }
        }
        long shape = Fingerprint.ofShape(geometry, media.limits());
        return new Label(media.driveId(), 0, shape, 0, 1, blocks, List.of());
    }

    /** Gives free blocks. */
    interface Spares {
        /**
         * Takes a block out of the hands of whoever might use it.
         *
         * @param lun it has to be on, by linear number
         * @param others linear numbers of blocks that it must not be
         * @return its linear number; -1 when there is none
         */
        int take(int lun, Set<Integer> others) throws IOException;
    }

    /**
     * Makes a label the present one, in the slot whose turn it is; in other blocks where those of the slot fail, and where there
     * are none, in the next slot that the label before does not lie in. Durable when this returns.
     *
     * @return the label as it is stored, perhaps with a later sequence and other blocks
     * @throws DeviceException when no copy could be written
     * @throws NoSpaceException when it does not fit its unit
     */
    Label store(Label label, Spares spares) throws IOException {
        int length = LabelLayout.length(label, geometry.luns());
        if (length > media.unitBytes()) {
            throw new NoSpaceException(
                    "the label has no room for that: it would take " + length + " bytes of " + media.unitBytes()
                            + ", targets=" + label.targets().size(),
                    "remove a target, or use one that is there already");
        }
        Label next = label;
        while (next.sequence() <= triedSequence) {
            // One that was said to have failed may be there all the same; of two with its sequence either would count.
            next = next.inSameSlot();
        }
        int slotsLeft = label.slots() - 1;
        Set<Integer> tried = new HashSet<>();
        while (true) {
            triedSequence = next.sequence();
            List<Integer> failed = new ArrayList<>();
            DeviceException failure = storeCopies(next, failed);
            Label mended = replace(next, failed, tried, spares);
            if (failed.size() < next.copies()) {
                // Those that know of the replacements come with the next label.
                return mended;
            }
            if (mended.equals(next) && --slotsLeft == 0) {
                throw failure;
            }
            // A label that was said to have failed may be there all the same; the next one counts before it.
            next = mended.equals(next) ? next.withNextSlot() : mended.inSameSlot();
        }
    }

    /** Stores all copies; returns what went wrong with the last of those that failed. */
    private DeviceException storeCopies(Label label, List<Integer> failed) throws IOException {
        DeviceException failure = null;
        MediaPath path = media.borrow();
        try {
            for (int copy = 0; copy < label.copies(); copy++) {
                DeviceException ofCopy = tryStoreCopy(path, label, copy);
                if (ofCopy != null) {
                    failed.add(copy);
                    failure = ofCopy;
                }
            }
        } finally {
            media.giveBack(path);
        }
        return failure;
    }

    /** The same label with other blocks in place of those that failed, as far as there are any. */
    private Label replace(Label label, List<Integer> failed, Set<Integer> tried, Spares spares) throws IOException {
        Label mended = label;
        for (int copy : failed) {
            int old = mended.block(copy);
            tried.addAll(mended.blocks());
            int spare = spares.take(old / geometry.blocksPerLun(), tried);
            if (spare >= 0) {
                mended = mended.withBlock(copy, spare);
                abandon(old);
            }
        }
        return mended;
    }

    /** Leaves a block that was given up closed, if the device lets it. */
    private void abandon(int block) throws GoneException {
        MediaPath path = media.borrow();
        try {
            BlockCloser.close(media, path, geometry.blockPpa(block));
        } finally {
            media.giveBack(path);
        }
    }

    /** A program that failed may go well after another erase. */
    private DeviceException tryStoreCopy(MediaPath path, Label label, int copy) throws IOException {
        DeviceException failure = null;
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            try {
                storeCopy(path, label, copy);
                return null;
            } catch (DeviceException e) {
                failure = e;
                if (media.report().state(label.block(copy)) == BlockState.OFFLINE) {
                    break;
                }
            }
        }
        return failure;
    }

    private void storeCopy(MediaPath path, Label label, int copy) throws IOException {
        int block = label.block(copy);
        long blockPpa = geometry.blockPpa(block);
        BlockReport report = media.report();
        if (report.state(block) == BlockState.OPEN && !isZoned()) {
            new BlockFiller(media, path)
                    .add(blockPpa, report.writePointer(block), geometry.sectorsPerBlock())
                    .fill()
                    .check();
        }
        if (report.state(block) != BlockState.FREE) {
            int status = BlockEraser.erase(path, List.of(blockPpa))[0];
            if (status != NvmeStatus.SUCCESS) {
                throw Failures.of("erase", status, blockPpa);
            }
        }
        int recordSector = recordSector();
        new BlockFiller(media, path).add(blockPpa, 0, recordSector).fill().check();
        programRecord(path, label, copy, blockPpa + recordSector);
        if (isZoned()) {
            path.command().finish().add(blockPpa);
            complete(path, "finish of the label's zone", blockPpa);
        }
    }

    private boolean isZoned() {
        return media.device().capabilities().zoned();
    }

    /** Where in its block the record begins. */
    private int recordSector() {
        return isZoned() ? 0 : geometry.sectorsPerBlock() - media.limits().wsMin();
    }

    private void programRecord(MediaPath path, Label label, int copy, long ppa) throws GoneException, DeviceException {
        int unitBytes = media.unitBytes();
        int length = LabelLayout.length(label, geometry.luns());
        LabelLayout.encode(path.buffer().bytes().clear(), unitBytes, label, geometry.luns(), checksum);
        path.command()
                .write(path.buffer(), 0)
                .addRun(ppa, media.limits().wsMin())
                .count(copy == 0 ? ByteClass.METADATA : ByteClass.MIRROR, length)
                .count(ByteClass.PADDING, unitBytes - length);
        complete(path, "program of the label", ppa);
    }

    private static void complete(MediaPath path, String what, long ppa) throws GoneException, DeviceException {
        int[] outcome = {NvmeStatus.SUCCESS};
        path.submit((tag, status, failed) -> outcome[0] = status);
        path.drain((tag, status, failed) -> outcome[0] = status);
        if (outcome[0] != NvmeStatus.SUCCESS) {
            throw Failures.of(what, outcome[0], ppa);
        }
    }

    private void check(Label label) throws OcssdException {
        if (label.driveId() != media.driveId()) {
            throw new NotRecognisedException(
                    "the label belongs to another drive than serial "
                            + media.device().info().serial(),
                    "was this drive copied from another one? recreate it, or open the one it was copied from");
        }
        if (label.shape() != Fingerprint.ofShape(geometry, media.limits())) {
            throw new NotRecognisedException(
                    "the label was made for a drive of another geometry",
                    "open the drive with the geometry that it was made with");
        }
        for (int block : label.blocks()) {
            if (block < 0 || block >= geometry.blocks()) {
                throw new CorruptException("the label names block " + block + ", which the drive does not have", "");
            }
        }
        for (TargetInfo target : label.targets()) {
            for (BlockRange run : target.blocks()) {
                if (run.end() > geometry.blocks()) {
                    throw new CorruptException(
                            "the label gives target \"" + target.name() + "\" blocks up to " + (run.end() - 1)
                                    + ", which the drive does not have",
                            "");
                }
            }
        }
    }
}
