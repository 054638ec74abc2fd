package io.ocssd.lsm.entry;

import java.io.IOException;
import java.util.List;
import java.util.PriorityQueue;

/** Several cursors as one, in their common order; every version of every key is given, none twice. */
public final class MergeCursor extends ForwardingCursor {
    private final PriorityQueue<Cursor> waiting = new PriorityQueue<>(MergeCursor::compare);
    private final List<Cursor> sources;
    private boolean started;

    /** Merges cursors that stand at their start. */
    public MergeCursor(List<Cursor> sources) {
        this.sources = List.copyOf(sources);
    }

    private static int compare(Cursor left, Cursor right) {
        int byKey = Keys.compare(left.key(), right.key());
        return byKey != 0 ? byKey : Long.compare(right.sequence(), left.sequence());
    }

    @Override
    public boolean next() throws IOException {
        if (!started) {
            started = true;
            for (Cursor source : sources) {
                if (source.next()) {
                    waiting.add(source);
                }
            }
            present = waiting.poll();
            return present != null;
        }
        if (present == null) {
            return false;
        }
        if (!present.next()) {
            present = waiting.poll();
        } else if (!waiting.isEmpty() && compare(waiting.peek(), present) < 0) {
            // Most often the same source goes on, and the queue is left alone.
            Cursor former = present;
            present = waiting.poll();
            waiting.add(former);
        }
        return present != null;
    }

    /** The source that the present version comes from. */
    public Cursor source() {
        return present;
    }
}
