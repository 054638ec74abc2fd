package io.ocssd.ftl.vblock;

import io.ocssd.buffer.IoBuffer;

/** A buffer of a writer's reserve and how many still need it; goes back when none does. Belongs to the writer's task. */
final class WindowBuffer {
    private IoBuffer buffer;
    private int holds;

    /** Begins to stand for a buffer, with one hold. */
    WindowBuffer start(IoBuffer newBuffer) {
        buffer = newBuffer;
        holds = 1;
        return this;
    }

    IoBuffer buffer() {
        return buffer;
    }

    void hold() {
        holds++;
    }

    /** Gives up one hold; true when it was the last, and the buffer is back in its pool. */
    boolean letGo() {
        holds--;
        if (holds > 0) {
            return false;
        }
        buffer.release();
        return true;
    }
}
