package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Writes a stream of bytes to new vblocks. Used once. */
final class VblockFeed {
    private static final int PIECE_BYTES = 256 << 10;

    private final Session session;
    private final boolean split;
    private final long syncEvery;
    private final List<VblockView> vblocks = new ArrayList<>();
    private final byte[] piece = new byte[PIECE_BYTES];
    private int pieceBytes;
    private int pieceDone;
    private long bytes;
    private long unsynced;
    private boolean complete;

    /**
     * A feed.
     *
     * @param split whether what does not fit one vblock goes to further ones
     * @param syncEvery bytes after which what was written is made durable
     */
    VblockFeed(Session session, boolean split, long syncEvery) {
        this.session = session;
        this.split = split;
        this.syncEvery = syncEvery;
    }

    /** The vblocks that were written and closed. */
    List<VblockView> vblocks() {
        return vblocks;
    }

    /** Bytes in them. */
    long bytes() {
        return vblocks.stream().mapToLong(VblockView::lengthBytes).sum();
    }

    /** Whether the stream was written to its end. */
    boolean isComplete() {
        return complete;
    }

    /**
     * Refuses what is known to be too large, before anything is written.
     *
     * @param known bytes to write; below 0 when nobody knows
     */
    void checkFits(Vblocks target, VblockRequest request, long known) {
        // A lower bound of appends that are whole units; the one below is what counts.
        long atMost = target.capacityBytes(request.width());
        if (!split && known > atMost) {
            throw tooLarge(Numbers.count(known) + " bytes", request, atMost);
        }
    }

    /** Writes a stream to its end, or until the user stops it: what was written by then stays. */
    void write(InputStream in, Vblocks target, VblockRequest request, Meter meter) throws IOException {
        boolean more = fill(in);
        do {
            VblockWriter writer = target.allocate(request);
            boolean sealed = false;
            try {
                while (more && writer.remaining(true) > 0 && !session.interrupted()) {
                    append(writer);
                    meter.to(bytes);
                    more = pieceDone < pieceBytes || fill(in);
                }
                if (more && !split && !session.interrupted()) {
                    throw tooLarge("more", request, bytes);
                }
                writer.seal();
                sealed = true;
                vblocks.add(VblockView.of(writer.vblock()));
            } finally {
                writer.close();
                if (!sealed) {
                    // A device that failed may fail again: what it says first is what counts.
                    discard(writer);
                }
            }
        } while (more && !session.interrupted());
        complete = !more;
        if (!complete) {
            session.note("stopped; what was written is durable");
        }
    }

    private void append(VblockWriter writer) throws IOException {
        int count = (int) Math.min(pieceBytes - pieceDone, Math.min(writer.remaining(true), syncEvery - unsynced));
        writer.append(ByteBuffer.wrap(piece, pieceDone, count));
        pieceDone += count;
        bytes += count;
        unsynced += count;
        if (unsynced == syncEvery) {
            writer.sync();
            unsynced = 0;
        }
    }

    /** False at the end of the stream. */
    private boolean fill(InputStream in) throws IOException {
        pieceDone = 0;
        pieceBytes = in.readNBytes(piece, 0, piece.length);
        return pieceBytes > 0;
    }

    private void discard(VblockWriter writer) {
        try {
            writer.vblock().erase();
        } catch (IOException e) {
            session.note(
                    "vblock " + VblockView.id(writer.vblock().id()) + " could not be erased again: " + e.getMessage());
        }
    }

    private static Failure tooLarge(String what, VblockRequest request, long room) {
        return Failure.refused(
                "the input has " + what + ", and a vblock of width " + request.width() + " takes " + Numbers.count(room)
                        + "; nothing was kept",
                "add --split to write it to several, or give a larger --width");
    }
}
