package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardedCommands;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;

/**
 * A queue that writes down what it does.
 *
 * <p>Times: a command is stamped when it is submitted, and when its completion is polled. On a device without latency of its
 * own a completion that is there at once bears the stamp of the last submit, since reading the clock would cost as much as
 * the command; what had to be waited for is stamped anew.
 */
final class TracedQueue implements IoQueue {
    private final IoQueue inner;
    private final Scheduler scheduler;
    private final Trace trace;
    private final TraceBuffer buffer;
    private final ForwardedCommands handedOn;
    /** Numbers of the commands under way, by slot. */
    private final long[] numbers;

    private final boolean instant;
    /** The last stamp, and whether it will do for a completion that is there. */
    private long stampNanos;

    private boolean stampWillDo;
    private boolean closed;

    TracedQueue(IoQueue inner, boolean instant, Trace trace, Scheduler scheduler) {
        this.inner = inner;
        this.scheduler = scheduler;
        this.trace = trace;
        this.buffer = trace.newBuffer();
        this.handedOn = new ForwardedCommands(inner);
        this.numbers = new long[handedOn.slots()];
        this.instant = instant;
    }

    @Override
    public int depth() {
        return inner.depth();
    }

    @Override
    public int inFlight() {
        return handedOn.count();
    }

    @Override
    public boolean submit(IoCommand command) throws GoneException {
        prepare();
        long now = scheduler.nanoTime();
        int slot;
        try {
            slot = handedOn.submit(command);
        } catch (GoneException e) {
            // It was under way when the device went.
            buffer.submitted(now, command, false);
            throw flushed(e);
        }
        if (slot == ForwardedCommands.NONE) {
            return false;
        }
        numbers[slot] = buffer.submitted(now, command, instant && handedOn.isLone(slot));
        stampNanos = now;
        stampWillDo = instant;
        return true;
    }

    @Override
    public boolean poll(Completion completion) throws GoneException {
        prepare();
        int slot;
        try {
            slot = handedOn.poll(completion);
        } catch (GoneException e) {
            throw flushed(e);
        }
        if (slot == ForwardedCommands.NONE) {
            timeMayPass();
            return false;
        }
        if (handedOn.isLone(slot) && buffer.loneCompleted(completion)) {
            return true;
        }
        if (!stampWillDo) {
            stampNanos = scheduler.nanoTime();
            stampWillDo = instant;
        }
        try {
            buffer.completed(stampNanos, numbers[slot], completion);
        } catch (IOException e) {
            throw unwritable(e);
        }
        return true;
    }

    @Override
    public int await(int min, long deadlineNanos) throws GoneException {
        try {
            if (instant && min > 0) {
                int there = inner.await(0, deadlineNanos);
                if (there >= Math.min(min, inFlight())) {
                    return there;
                }
            }
            timeMayPass();
            return inner.await(min, deadlineNanos);
        } catch (GoneException e) {
            throw flushed(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Completion completion = new Completion();
        try {
            while (inFlight() > 0) {
                await(inFlight(), Long.MAX_VALUE);
                while (poll(completion)) {
                    // Written down, and nobody wants to know any more.
                }
            }
            prepare();
            buffer.flush();
        } catch (GoneException e) {
            // What is under way stays so in the trace.
        } catch (IOException e) {
            // A trace that can't be written says so wherever it can: at every call of a queue that is still open.
        }
        trace.remove(buffer);
        inner.close();
    }

    /** The stamp of the last submit is that of no completion to come. */
    private void timeMayPass() {
        stampWillDo = false;
        buffer.timeMayPass();
    }

    private void prepare() throws GoneException {
        try {
            buffer.prepare();
        } catch (IOException e) {
            throw unwritable(e);
        }
    }

    /** What is written down up to a device's end is what is wanted of it. */
    private GoneException flushed(GoneException reason) {
        try {
            buffer.flush();
        } catch (IOException e) {
            reason.addSuppressed(e);
        }
        return reason;
    }

    private static GoneException unwritable(IOException e) {
        GoneException gone = new GoneException(
                "the trace can't be written: " + e.getMessage(), "make room, or open the device without a trace");
        gone.initCause(e);
        return gone;
    }
}
