package io.ocssd.geometry.decorator.trace;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts the events of one queue together to commands, chunk by chunk. Not thread-safe.
 *
 * <p>A completion whose command was not read is of a command that a full memory has dropped.
 */
final class QueueCursor {
    private final int queue;
    private final Map<Long, TracedCommand> underWay = new HashMap<>();

    QueueCursor(int queue) {
        this.queue = queue;
    }

    /**
     * Reads a chunk.
     *
     * @param submitted gets every command that is submitted in it, before its completion is known
     * @param completed gets every command that completes in it
     */
    void read(TraceChunk chunk, Consumer<TracedCommand> submitted, Consumer<TracedCommand> completed) {
        long number = chunk.first;
        long[] words = chunk.words;
        for (int at = 0; at < chunk.length; at += TraceWords.length(words[at])) {
            if (TraceWords.isCompleted(words[at])) {
                TracedCommand command = underWay.remove(number - TraceWords.wide(words[at]));
                if (command != null) {
                    command.complete(words, at);
                    completed.accept(command);
                }
            } else {
                TracedCommand command = new TracedCommand(queue, number, words, at);
                submitted.accept(command);
                if (TraceWords.has(words[at], TraceWords.SUCCEEDED_AT_ONCE)) {
                    command.succeedAtOnce();
                    completed.accept(command);
                } else {
                    underWay.put(number, command);
                }
                number++;
            }
        }
    }
}
