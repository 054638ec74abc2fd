package io.ocssd.geometry.decorator.trace;

import java.io.Closeable;
import java.io.IOException;

/** Where a trace goes. Thread-safe; its lock guards the buffers of all queues, too. */
interface TraceSink extends Closeable {
    /** Words of a buffer; an event has at most {@link #MOST_WORDS}. */
    int BUFFER_WORDS = 4096;

    /** Words of the longest event: a copy of 64 sectors. */
    int MOST_WORDS = 2 + 2 * 64;

    /** The device is known now; comes first, and once. */
    void begin(TraceHeader header) throws IOException;

    /**
     * Takes events over.
     *
     * @param first number of the first command that is submitted in them
     * @return the array for the next ones: the same when nothing of it is needed any more
     */
    long[] take(int queue, long first, long[] words, int length) throws IOException;

    /** Whether every event is taken at once, and not when a buffer is full. */
    boolean isImmediate();
}
