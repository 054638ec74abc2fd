package io.ocssd.ftl.media;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.statistics.CommandLedger;

/**
 * One way to the device: a queue, a buffer of 64 sectors and a command. Belongs to one task at a time; between two
 * operations nothing is under way.
 */
public final class MediaPath {
    /** Sectors of the buffer: what the largest command moves. */
    public static final int BUFFER_SECTORS = Limits.MAX_ADDRESSES;

    private static final int DEPTH = 64;

    /** Learns of completions. */
    @FunctionalInterface
    public interface Outcome {
        /**
         * A command ended.
         *
         * @param tag of the command
         * @param status see {@link io.ocssd.device.NvmeStatus}
         * @param failedAddresses bit i is set when address i failed
         */
        void completed(long tag, int status, long failedAddresses);
    }

    /** For commands whose completion is all that matters. */
    public static final Outcome IGNORE = (tag, status, failedAddresses) -> {};

    private final IoQueue queue;
    private final IoBuffer buffer;
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();
    private final CommandLedger ledger;
    /** Tags of the senders, by slot: the queue is given slots. */
    private final long[] tags = new long[DEPTH];
    /** A stack of the slots that no command has. */
    private final int[] freeSlots = new int[DEPTH];

    private int freeCount = DEPTH;

    MediaPath(Media media) throws GoneException {
        this.buffer = new IoBufferPool(BUFFER_SECTORS * media.sectorBytes(), 1).tryTake();
        this.queue = media.device().openQueue(DEPTH);
        this.ledger = new CommandLedger(media.tallies(), DEPTH, media.sectorBytes());
        for (int i = 0; i < DEPTH; i++) {
            freeSlots[i] = DEPTH - 1 - i;
        }
    }

    /** The buffer, {@link #BUFFER_SECTORS} sectors long. */
    public IoBuffer buffer() {
        return buffer;
    }

    /** The command to fill before {@link #submit}. */
    public IoCommand command() {
        return command;
    }

    /** Sends {@link #command()}; waits for completions while the queue is full. */
    public void submit(Outcome outcome) throws GoneException {
        while (freeCount == 0) {
            queue.await(1, Long.MAX_VALUE);
            poll(outcome);
        }
        int slot = freeSlots[--freeCount];
        tags[slot] = command.tag();
        ledger.sent(slot, command.tag(slot));
        // There are as many slots as the queue is deep.
        if (!queue.submit(command)) {
            throw new IllegalStateException("the queue is full, inFlight=" + queue.inFlight());
        }
    }

    /** Waits until nothing is under way. */
    public void drain(Outcome outcome) throws GoneException {
        while (queue.inFlight() > 0) {
            queue.await(queue.inFlight(), Long.MAX_VALUE);
            poll(outcome);
        }
    }

    private void poll(Outcome outcome) throws GoneException {
        while (queue.poll(completion)) {
            int slot = (int) completion.tag();
            freeSlots[freeCount++] = slot;
            ledger.ended(slot, completion.status(), completion.failedAddresses());
            outcome.completed(tags[slot], completion.status(), completion.failedAddresses());
        }
    }

    void close() {
        queue.close();
        ledger.close();
    }
}
