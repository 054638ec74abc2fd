package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Events of one queue that its trace has not got yet.
 *
 * <p>Written by the task that has the queue; {@link #chunk} may be called by any other, and sees all events that were
 * complete a moment ago. Allocates nothing per event.
 */
final class TraceBuffer {
    private static final int NOTHING = -1;
    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle USED;

    static {
        try {
            USED = MethodHandles.lookup().findVarHandle(TraceBuffer.class, "used", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final TraceSink sink;
    private final boolean immediate;
    private final int queue;
    /** Changed under the lock of the sink only, which {@link #chunk} holds too. */
    private long[] words = new long[TraceSink.BUFFER_WORDS];

    private long first;
    /** Words of {@link #words} that hold events: written with release, read by others with acquire. */
    @SuppressWarnings("UnusedVariable") // through the handle
    private int used;

    private long submitted;
    /** Where the last event is, as long as it says that a lone command was submitted; else {@link #NOTHING}. */
    private int loneAt = NOTHING;

    TraceBuffer(TraceSink sink, int queue) {
        this.sink = sink;
        this.immediate = sink.isImmediate();
        this.queue = queue;
    }

    /** Makes room for an event. */
    void prepare() throws IOException {
        if (used > TraceSink.BUFFER_WORDS - TraceSink.MOST_WORDS) {
            flush();
        }
    }

    /**
     * A command was submitted; {@link #prepare} went before.
     *
     * @param lone whether nothing else is under way, and a completion that is there before time passes is of the same time
     * @return its number
     */
    long submitted(long nanos, IoCommand command, boolean lone) {
        int at = used;
        loneAt = lone && !immediate ? at : NOTHING;
        USED.setRelease(this, TraceWords.putSubmitted(words, at, nanos, command));
        return submitted++;
    }

    /**
     * Writes down that a lone command has completed, if a bit of the event before can say so: it succeeded, and that is all
     * there is to say.
     *
     * @return whether it was written down
     */
    boolean loneCompleted(Completion completion) {
        int at = loneAt;
        if (at == NOTHING || (completion.status() | completion.failedAddresses() | completion.address()) != 0) {
            return false;
        }
        WORD.setOpaque(words, at, words[at] | TraceWords.SUCCEEDED_AT_ONCE);
        return true;
    }

    /** What completes from now on completes later than it was submitted. */
    void timeMayPass() {
        loneAt = NOTHING;
    }

    /**
     * A command has completed; {@link #prepare} went before.
     *
     * @param number of the command
     */
    void completed(long nanos, long number, Completion completion) throws IOException {
        int next = TraceWords.putCompleted(
                words,
                used,
                nanos,
                submitted - number,
                completion.status(),
                completion.failedAddresses(),
                completion.address());
        USED.setRelease(this, next);
        loneAt = NOTHING;
        if (immediate) {
            flush();
        }
    }

    /** Hands all events to the trace. */
    void flush() throws IOException {
        synchronized (sink) {
            int length = used;
            if (length > 0) {
                // Gone from here whether the sink can keep them or not.
                used = 0;
                loneAt = NOTHING;
                words = sink.take(queue, first, words, length);
                first = submitted;
            }
        }
    }

    /** A copy of the events that the trace has not got yet. */
    TraceChunk chunk() {
        synchronized (sink) {
            int length = (int) USED.getAcquire(this);
            return new TraceChunk(queue, first, words.clone(), length);
        }
    }
}
