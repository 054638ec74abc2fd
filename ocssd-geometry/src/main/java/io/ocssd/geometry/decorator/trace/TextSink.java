package io.ocssd.geometry.decorator.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** A line of text for every command, as soon as it has completed. */
final class TextSink implements TraceSink {
    private final Consumer<String> lines;
    private final Map<Integer, QueueCursor> queues = new HashMap<>();

    TextSink(Consumer<String> lines) {
        this.lines = lines;
    }

    @Override
    public void begin(TraceHeader header) {
        // Whoever reads along knows which device it is.
    }

    @Override
    public synchronized long[] take(int queue, long first, long[] words, int length) {
        QueueCursor cursor = queues.computeIfAbsent(queue, QueueCursor::new);
        cursor.read(
                new TraceChunk(queue, first, words, length),
                submitted -> {},
                completed -> lines.accept(completed.toString()));
        return words;
    }

    @Override
    public boolean isImmediate() {
        return true;
    }

    @Override
    public void close() {
        // The lines are not ours.
    }
}
