package io.ocssd.geometry.timing;

/** The bus of a channel: one transfer at a time, in the order in which they are asked for. */
final class Bus {
    private long freeNanos;
    private long busyNanos;

    /**
     * Moves data.
     *
     * @param fromNanos not before
     * @return when that is done
     */
    long transfer(long fromNanos, long nanos) {
        freeNanos = Math.max(freeNanos, fromNanos) + nanos;
        busyNanos += nanos;
        return freeNanos;
    }

    /** Cycles that slip in between transfers: they wait for nobody, and what is asked for later waits for them. */
    void slipIn(long fromNanos, long nanos) {
        if (nanos > 0) {
            transfer(fromNanos, nanos);
        }
    }

    /** Everything that was asked for is done by then. */
    long freeNanos() {
        return freeNanos;
    }

    /** How long the bus has been in use until now. */
    long busyNanos(long nowNanos) {
        // What lies ahead may have a gap of a controller's time before it: then this is less by that much, for so long.
        return Math.max(0, busyNanos - Math.max(0, freeNanos - nowNanos));
    }
}
