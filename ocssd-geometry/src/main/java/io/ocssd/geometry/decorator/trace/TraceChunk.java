package io.ocssd.geometry.decorator.trace;

/** Some events of one queue, one after another. */
final class TraceChunk {
    /** Number of the queue in the trace. */
    final int queue;
    /** Number of the first command that is submitted in it; what completes before that has a lower one. */
    final long first;
    /** As {@link TraceWords} says. */
    final long[] words;
    /** How many words there are. */
    final int length;

    TraceChunk(int queue, long first, long[] words, int length) {
        this.queue = queue;
        this.first = first;
        this.words = words;
        this.length = length;
    }
}
