package io.ocssd.geometry.decorator.trace;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** The last events, in memory. Allocates nothing once it is full. */
final class MemorySink implements TraceSink {
    private static final class Kept {
        int queue;
        long first;
        long[] words = new long[BUFFER_WORDS];
        int length;
    }

    private final int most;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private TraceHeader header;

    MemorySink(long bytes) {
        this.most = (int) Math.max(1, Math.min(Integer.MAX_VALUE, bytes / (BUFFER_WORDS * Long.BYTES)));
    }

    @Override
    public synchronized void begin(TraceHeader newHeader) {
        header = newHeader;
    }

    synchronized TraceHeader header() {
        return header;
    }

    @Override
    public synchronized long[] take(int queue, long first, long[] words, int length) {
        Kept more = kept.size() < most ? new Kept() : kept.removeFirst();
        long[] next = more.words;
        more.queue = queue;
        more.first = first;
        more.words = words;
        more.length = length;
        kept.addLast(more);
        return next;
    }

    @Override
    public boolean isImmediate() {
        return false;
    }

    /** Everything that is there and in the buffers, in the order of each queue; copies. */
    synchronized List<TraceChunk> chunks(List<TraceBuffer> buffers) {
        List<TraceChunk> all = new ArrayList<>();
        for (Kept each : kept) {
            all.add(new TraceChunk(each.queue, each.first, each.words.clone(), each.length));
        }
        for (TraceBuffer each : buffers) {
            all.add(each.chunk());
        }
        return all;
    }

    @Override
    public void close() {
        // What is there can still be read.
    }
}
