package io.ocssd.device;

/**
 * Typical times of the media, in nanoseconds; all 0 when the device has no latency of its own.
 *
 * @param readNanos one read of up to a write unit
 * @param programNanos one program of a write unit
 * @param eraseNanos one erase of a block
 */
public record Timings(long readNanos, long programNanos, long eraseNanos) {
    /** No latency. */
    public static final Timings NONE = new Timings(0, 0, 0);
}
