package io.ocssd.ftl.media;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import io.ocssd.ftl.statistics.CommandLedger;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.function.IntToLongFunction;

/**
 * Reads one small piece each of many blocks, as many pieces in a command as it takes and many commands at a time, so that all
 * LUNs are busy. Used once, by one task.
 */
public final class BatchReader {
    private static final int COMMANDS = 16;

    /** What became of a piece. */
    public enum Outcome {
        /** It is in the buffer. */
        READ,
        /** Nothing is there that could be read. */
        NOTHING,
        /** The media failed. */
        FAILED
    }

    /** Takes pieces, in whatever order they come. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * A piece was read, or was not.
         *
         * @param piece its number
         * @param bytes little endian; valid until this returns
         * @param offset where in {@code bytes} it begins
         */
        void take(int piece, Outcome outcome, ByteBuffer bytes, int offset) throws OcssdException;
    }

    private final Media media;
    private final int sectors;
    private final int piecesPerCommand;
    private final ArrayDeque<Integer> idle = new ArrayDeque<>();
    private final IoBuffer[] buffers = new IoBuffer[COMMANDS];
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private CommandLedger ledger;

    private BatchReader(Media media, int sectors) {
        this.media = media;
        this.sectors = sectors;
        this.piecesPerCommand = Limits.MAX_ADDRESSES / sectors;
        IoBufferPool pool = new IoBufferPool(Limits.MAX_ADDRESSES * media.sectorBytes(), COMMANDS);
        for (int i = 0; i < COMMANDS; i++) {
            buffers[i] = pool.tryTake();
            idle.add(i);
        }
    }

    /**
     * Reads.
     *
     * @param pieces how many
     * @param sectors of each, 1 to {@link Limits#MAX_ADDRESSES}, all in one block
     * @param ppas address of the first sector of each
     */
    public static void read(Media media, int pieces, int sectors, IntToLongFunction ppas, Receiver receiver)
            throws OcssdException {
        if (pieces > 0) {
            new BatchReader(media, sectors).read(pieces, ppas, receiver);
        }
    }

    private void read(int pieces, IntToLongFunction ppas, Receiver receiver) throws OcssdException {
        ledger = new CommandLedger(media.tallies(), COMMANDS, media.sectorBytes());
        try (IoQueue queue = media.device().openQueue(COMMANDS)) {
            int next = 0;
            while (next < pieces || queue.inFlight() > 0) {
                while (next < pieces && !idle.isEmpty()) {
                    int count = Math.min(piecesPerCommand, pieces - next);
                    submit(queue, next, count, ppas);
                    next += count;
                }
                queue.await(1, Long.MAX_VALUE);
                while (queue.poll(completion)) {
                    complete(pieces, ppas, receiver);
                }
            }
        } finally {
            ledger.close();
        }
    }

    private void submit(IoQueue queue, int first, int count, IntToLongFunction ppas) throws GoneException {
        int slot = idle.remove();
        command.read(buffers[slot], 0).tag((long) slot << Integer.SIZE | first);
        for (int i = first; i < first + count; i++) {
            command.addRun(ppas.applyAsLong(i), sectors);
        }
        ledger.sent(slot, command);
        if (!queue.submit(command)) {
            throw new IllegalStateException("the queue is full, inFlight=" + queue.inFlight());
        }
    }

    private void complete(int pieces, IntToLongFunction ppas, Receiver receiver) throws OcssdException {
        int slot = (int) (completion.tag() >>> Integer.SIZE);
        int first = (int) completion.tag();
        int status = completion.status();
        ledger.ended(slot, status, completion.failedAddresses());
        int count = Math.min(piecesPerCommand, pieces - first);
        long failed = NvmeStatus.isDataGood(status) ? 0 : completion.failedAddresses();
        boolean all = failed == 0 && !NvmeStatus.isDataGood(status);
        ByteBuffer bytes = buffers[slot].bytes().clear();
        long ofPiece = -1L >>> (Limits.MAX_ADDRESSES - sectors);
        for (int i = 0; i < count; i++) {
            boolean good = !all && (failed >>> (i * sectors) & ofPiece) == 0;
            Outcome outcome = good ? Outcome.READ : why(status, ppas.applyAsLong(first + i), count);
            receiver.take(first + i, outcome, bytes, i * sectors * media.sectorBytes());
        }
        idle.add(slot);
    }

    /** Why a piece was not read: a command has one status for all of them, so a piece among others is asked for again, alone. */
    private Outcome why(int status, long ppa, int count) throws GoneException {
        if (count == 1) {
            return status == NvmeStatus.DEALLOCATED ? Outcome.NOTHING : Outcome.FAILED;
        }
        MediaPath path = media.borrow();
        try {
            int[] alone = new int[1];
            MediaPath.Outcome outcome = (tag, newStatus, newFailed) -> alone[0] = newStatus;
            path.command().read(path.buffer(), 0).addRun(ppa, sectors);
            path.submit(outcome);
            path.drain(outcome);
            return alone[0] == NvmeStatus.DEALLOCATED ? Outcome.NOTHING : Outcome.FAILED;
        } finally {
            media.giveBack(path);
        }
    }
}
