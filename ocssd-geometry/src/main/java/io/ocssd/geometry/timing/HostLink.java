package io.ocssd.geometry.timing;

/**
 * One direction of the host's link: a rate that holds back what exceeds it.
 *
 * <p>Data stream through it while they are on a channel's bus. Its time is taken in the order of requests and not kept free
 * for a transfer that waits for its bus, so that a busy channel holds back nobody else.
 */
final class HostLink {
    private long freeNanos;

    /**
     * Takes the time for some data.
     *
     * @return when the last of them can have passed
     */
    long take(long nowNanos, long nanos) {
        if (nanos == 0) {
            return nowNanos;
        }
        freeNanos = Math.max(freeNanos, nowNanos) + nanos;
        return freeNanos;
    }
}
