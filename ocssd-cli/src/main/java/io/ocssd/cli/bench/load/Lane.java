package io.ocssd.cli.bench.load;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Requests that are sent in order, up to a number of them under way: all reads, or one writer's writes.
 *
 * <p>A request is cut into commands of whole preferred units where it can be. Belongs to the task of its stream; makes
 * nothing anew after construction.
 */
abstract class Lane {
    /** What a step came to. */
    enum Step {
        /** One command more is under way. */
        SENT,
        /** Nothing can be sent before a command of this lane has completed. */
        BLOCKED,
        /** The queue is full. */
        QUEUE_FULL,
        /** Nothing will ever be sent any more. */
        DEAD
    }

    private static final int LANE_SHIFT = 48;
    private static final int REQUEST_SHIFT = 32;
    private static final int REQUEST_MASK = 0xFFFF;
    /** Stands for no request in a tag. */
    private static final int UPKEEP = REQUEST_MASK;

    private final int number;
    private final int requestSectors;
    private final int sectorBytes;
    private final int pieceSectors;
    private final Request[] requests;
    private final int[] idle;
    private int idleCount;
    private final int[] unsent;
    private int unsentHead;
    private int unsentCount;

    /**
     * A lane.
     *
     * @param content what is in the buffers of the requests
     */
    Lane(int number, int requestSectors, int depth, int sectorBytes, Limits limits, SplittableRandom content) {
        this.number = number;
        this.requestSectors = requestSectors;
        this.sectorBytes = sectorBytes;
        this.pieceSectors = pieceSectors(limits);
        this.requests = requests(depth, requestSectors * sectorBytes, content);
        this.idle = new int[depth];
        this.unsent = new int[depth];
        for (int i = depth - 1; i >= 0; i--) {
            idle[idleCount++] = i;
        }
    }

    /** Most sectors of one command: as many whole preferred units as fit. */
    static int pieceSectors(Limits limits) {
        return Limits.MAX_ADDRESSES / limits.wsOpt() * limits.wsOpt();
    }

    /** Requests with buffers of their own, whose content is arbitrary but the same for the same seed. */
    private static Request[] requests(int depth, int bytes, SplittableRandom content) {
        IoBufferPool pool = new IoBufferPool(bytes, depth);
        Request[] requests = new Request[depth];
        for (int i = 0; i < depth; i++) {
            IoBuffer buffer = pool.tryTake();
            ByteBuffer view = buffer.bytes();
            while (view.remaining() >= Long.BYTES) {
                view.putLong(content.nextLong());
            }
            view.clear();
            requests[i] = new Request(i, buffer);
        }
        return requests;
    }

    /** Which lane of the tag's stream a completion is for. */
    static int laneOf(long tag) {
        return (int) (tag >>> LANE_SHIFT);
    }

    final int number() {
        return number;
    }

    final int depth() {
        return requests.length;
    }

    final int requestSectors() {
        return requestSectors;
    }

    final int sectorBytes() {
        return sectorBytes;
    }

    /** Bytes of a request. */
    final long requestBytes() {
        return (long) requestSectors * sectorBytes;
    }

    /** Most commands that it can have under way. */
    final int mostCommands() {
        return requests.length * (requestSectors / pieceSectors + 2);
    }

    /** Begins a request; only when fewer than {@link #depth} are under way. */
    final Request begin(long arrivalNanos) {
        Request request = requests[idle[--idleCount]];
        request.begin(arrivalNanos);
        place(request);
        unsent[(unsentHead + unsentCount++) % unsent.length] = request.index;
        return request;
    }

    /** Whether there are requests that are not wholly handed to the device. */
    final boolean hasUnsent() {
        return unsentCount > 0;
    }

    /** The first of them. */
    final Request firstUnsent() {
        return requests[unsent[unsentHead]];
    }

    /** Sends one command for the first request that is not wholly sent, or one that must come before. */
    final Step step(IoQueue queue, IoCommand command) throws GoneException {
        Request request = firstUnsent();
        Step step = send(request, queue, command);
        if (step == Step.SENT && request.sentSectors == requestSectors) {
            dropFirstUnsent();
        }
        return step;
    }

    /** Takes the first request that is not wholly sent out of the row. */
    final void dropFirstUnsent() {
        unsentHead = (unsentHead + 1) % unsent.length;
        unsentCount--;
    }

    /**
     * Takes a completion of this lane.
     *
     * @return the request when it has ended with that, else null
     */
    final Request completed(Completion completion, long nowNanos) {
        int index = (int) (completion.tag() >>> REQUEST_SHIFT) & REQUEST_MASK;
        if (index == UPKEEP) {
            upkeepEnded(completion, nowNanos);
            return null;
        }
        Request request = requests[index];
        request.underWay--;
        pieceEnded(request, completion);
        return request.underWay == 0 && request.sentSectors == requestSectors ? request : null;
    }

    /** Makes room for another request. */
    final void free(Request request) {
        idle[idleCount++] = request.index;
    }

    /** Tag of a command for a request; {@code mark} comes back with the completion. */
    final long tag(Request request, int mark) {
        return (long) number << LANE_SHIFT | (long) request.index << REQUEST_SHIFT | (mark & 0xFFFF_FFFFL);
    }

    /** Tag of a command that is for no request. */
    final long upkeepTag() {
        return (long) number << LANE_SHIFT | (long) UPKEEP << REQUEST_SHIFT;
    }

    /** The mark of a command for a request. */
    static int mark(long tag) {
        return (int) tag;
    }

    /** Sectors of a request's next command, if nothing else limits them. */
    final int nextSectors(Request request) {
        return Math.min(pieceSectors, requestSectors - request.sentSectors);
    }

    /** Chooses where a request is. */
    abstract void place(Request request);

    /** Sends one command for the request, or one that must come before. */
    abstract Step send(Request request, IoQueue queue, IoCommand command) throws GoneException;

    /** A command for a request has ended; takes note of a failure. */
    abstract void pieceEnded(Request request, Completion completion);

    /** A command that was for no request has ended. */
    abstract void upkeepEnded(Completion completion, long nowNanos);
}
