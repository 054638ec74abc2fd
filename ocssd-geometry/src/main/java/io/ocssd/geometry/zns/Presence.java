package io.ocssd.geometry.zns;

import io.ocssd.error.GoneException;

/** Whether a drive is there, and if not, why. Thread-safe; the first reason stays. */
final class Presence {
    private volatile String reason;
    private boolean closed;

    boolean isGone() {
        return reason != null;
    }

    void check() throws GoneException {
        if (reason != null) {
            throw new GoneException(reason, "open the device again");
        }
    }

    /** The owner closes it; returns whether nobody did so before. */
    synchronized boolean close() {
        boolean first = !closed;
        closed = true;
        fail("the device was closed");
        return first;
    }

    synchronized void fail(String sentence) {
        if (reason == null) {
            reason = sentence;
        }
    }
}
