package io.ocssd.ftl.media;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;

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

    MediaPath(FlashDevice device) throws GoneException {
        int sectorBytes = device.geometry().sectorBytes();
        this.buffer = new IoBufferPool(BUFFER_SECTORS * sectorBytes, 1).tryTake();
        this.queue = device.openQueue(DEPTH);
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
        while (!queue.submit(command)) {
            queue.await(1, Long.MAX_VALUE);
            poll(outcome);
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
            outcome.completed(completion.tag(), completion.status(), completion.failedAddresses());
        }
    }

    void close() {
        queue.close();
    }
}
