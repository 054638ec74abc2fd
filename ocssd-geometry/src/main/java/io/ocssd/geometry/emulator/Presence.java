package io.ocssd.geometry.emulator;

import io.ocssd.error.GoneException;

/** Whether a drive is there, and if not, why. Thread-safe; the first reason stays. */
final class Presence {
    private static final String CLOSED = "the device was closed";

    private volatile String reason;

    boolean isGone() {
        return reason != null;
    }

    /** Throws when the drive is gone. */
    void check() throws GoneException {
        String why = reason;
        if (why != null) {
            throw gone(why);
        }
    }

    void close() {
        if (reason == null) {
            reason = CLOSED;
        }
    }

    /**
     * Power is cut.
     *
     * @param command number of the command that met it
     * @param inFlight commands under way at that moment, that one included
     * @return what that command's sender gets
     */
    GoneException cut(long command, int inFlight) {
        reason = "power was cut at command " + command + " with " + inFlight + " commands in flight";
        return gone(reason);
    }

    private static GoneException gone(String why) {
        return new GoneException(why, "open the device again");
    }
}
