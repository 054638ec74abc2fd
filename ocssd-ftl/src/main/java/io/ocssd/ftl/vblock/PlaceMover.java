package io.ocssd.ftl.vblock;

import com.google.common.primitives.Ints;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.media.BlockCloser;
import io.ocssd.ftl.media.Checksum;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;

/**
 * Lets a place of a vblock go on in another block after a program has failed. Belongs to the writer's task.
 *
 * <p>The block that failed is closed first, so that what it holds can be read and the limit of open blocks holds; then a block
 * of the same LUN is taken, or of any other when it has none, and its header programmed. The header says from which sector of
 * the place on the block counts, and comes before its content in the same block, so no other record of the move is needed. A
 * block that refuses its header is left like the first, and the next one is tried.
 */
final class PlaceMover {
    private final FlashVblocks owner;
    private final Media media;
    private final FlashVblock vblock;
    private final int wsMin;
    private final Checksum checksum;
    private final OobHeaders oob;
    /** The block of each place that is written to. */
    private final Piece[] pieces;

    private int generations;

    PlaceMover(FlashVblocks owner, FlashVblock vblock) throws BusyException {
        this.owner = owner;
        this.media = owner.media();
        this.vblock = vblock;
        this.wsMin = media.limits().wsMin();
        this.checksum = new Checksum(media.scheduler());
        this.oob = OobHeaders.of(media, vblock.width());
        this.pieces =
                vblock.header().members().stream().mapToObj(Piece::original).toArray(Piece[]::new);
    }

    /** What goes into the OOB bytes of the blocks that are written to; null when nothing does. */
    OobHeaders oob() {
        return oob;
    }

    /** Moves of blocks so far. */
    int moves() {
        return generations;
    }

    /** A program failed. */
    void programFailed() {
        owner.counters().failedPrograms.increment();
    }

    /** A program is sent to another block. */
    void unitMoved() {
        owner.counters().movedUnits.increment();
    }

    /**
     * Moves a place from the first sector on that was not programmed; nothing is under way to it.
     *
     * @param failed that sector, as the completion told
     * @param programmed sectors of the place that were programmed and so must be there
     * @param status of the failed program
     * @param why thrown when there is no block to go on in, or when the block lost what it had accepted
     * @return the new block, its header programmed
     */
    Piece move(int place, int failed, int programmed, int status, OcssdException why) throws OcssdException {
        MediaPath path = media.borrow();
        try {
            Piece old = pieces[place];
            BlockCloser.Result closed = close(path, old, status);
            if (closed.state() == BlockState.OPEN) {
                throw why;
            }
            int written = closed.state() == BlockState.OFFLINE ? 0 : closed.writePointer() / wsMin * wsMin;
            int from = Ints.max(Math.min(failed, old.inPlace(written, wsMin)), old.firstSector(wsMin));
            if (from < programmed) {
                leave(old);
                throw why;
            }
            return goOn(path, place, from, why);
        } finally {
            media.giveBack(path);
        }
    }

    /**
     * Lets a place go on from a sector on, whatever the block that was written to holds below it.
     *
     * @param status of the failed program
     * @param why thrown when there is no block to go on in
     */
    Piece moveTo(int place, int from, int status, OcssdException why) throws OcssdException {
        MediaPath path = media.borrow();
        try {
            if (close(path, pieces[place], status).state() == BlockState.OPEN) {
                throw why;
            }
            return goOn(path, place, from, why);
        } finally {
            media.giveBack(path);
        }
    }

    /**
     * Closes the block of a place for good, after filler failed in it.
     *
     * @param why thrown when the device does not let it
     */
    void close(int place, int status, OcssdException why) throws OcssdException {
        MediaPath path = media.borrow();
        try {
            if (close(path, pieces[place], status).state() == BlockState.OPEN) {
                throw why;
            }
        } finally {
            media.giveBack(path);
        }
    }

    /** Whether the block of a place is open, so that the writer may still write to it. */
    boolean isOpen(int place) {
        return vblock.blocks().isOpen(block(pieces[place]));
    }

    private BlockCloser.Result close(MediaPath path, Piece piece, int status) throws GoneException {
        int block = block(piece);
        if (status != NvmeStatus.CHUNK_EARLY_CLOSE && status != NvmeStatus.WRITE_NEXT_UNIT) {
            vblock.blocks().suspect(block, status);
        }
        return BlockCloser.close(media, path, piece.blockPpa());
    }

    /** The block is closed, and none takes its place among the open ones. */
    private void leave(Piece piece) {
        vblock.blocks().closed(block(piece));
        owner.noLongerOpen(block(piece));
    }

    private Piece goOn(MediaPath path, int place, int from, OcssdException why) throws OcssdException {
        Piece piece = pieces[place];
        // Where the block before took nothing of the place, this is one more attempt at the same move.
        boolean again = piece.generation() > 0 && piece.firstSector(wsMin) == from;
        int generation = again ? piece.generation() : generations + 1;
        int attempt = again ? piece.attempt() + 1 : 0;
        while (true) {
            int block = owner.takeReplacement(block(piece));
            vblock.blocks().closed(block(piece));
            if (block < 0) {
                owner.notReplaced();
                throw why;
            }
            // It has the place of the block before among the open ones.
            vblock.blocks().opened(block);
            piece = new Piece(media.geometry().blockPpa(block), from, generation, attempt++, 0);
            int status = programHeader(path, place, piece);
            if (status == NvmeStatus.SUCCESS) {
                generations = Math.max(generations, generation);
                pieces[place] = piece;
                vblock.moved(place, piece);
                owner.counters().replacedBlocks.increment();
                return piece;
            }
            programFailed();
            if (close(path, piece, status).state() == BlockState.OPEN) {
                throw why;
            }
        }
    }

    private int programHeader(MediaPath path, int place, Piece piece) throws GoneException {
        BlockHeader header = vblock.header().withPiece(place, piece);
        BlockHeaderLayout.encode(path.buffer().bytes().clear(), media.unitBytes(), header, checksum);
        int length = BlockHeaderLayout.length(header.width());
        int[] outcome = new int[1];
        MediaPath.Outcome keep = (tag, status, failed) -> outcome[0] = status;
        path.command()
                .write(path.buffer(), 0)
                .addRun(piece.blockPpa(), wsMin)
                .count(ByteClass.METADATA, length)
                .count(ByteClass.PADDING, media.unitBytes() - length);
        if (oob != null) {
            oob.set(header);
            oob.addTo(path.command(), place);
        }
        path.submit(keep);
        path.drain(keep);
        return outcome[0];
    }

    private int block(Piece piece) {
        Geometry geometry = media.geometry();
        return geometry.blockIndex(piece.blockPpa());
    }
}
