package io.ocssd.device;

/**
 * Times of the media, typical and longest, in nanoseconds; all 0 when the device has no latency of its own (Open-Channel SSD
 * 2.0, geometry structure: trdt, twrt, tcrst and trdm, twrm, tcrsm).
 *
 * @param readNanos one read of up to a write unit
 * @param programNanos one program of a write unit
 * @param eraseNanos one erase of a block
 * @param maxReadNanos the longest read
 * @param maxProgramNanos the longest program
 * @param maxEraseNanos the longest erase
 */
public record Timings(
        long readNanos,
        long programNanos,
        long eraseNanos,
        long maxReadNanos,
        long maxProgramNanos,
        long maxEraseNanos) {
    /** No latency. */
    public static final Timings NONE = new Timings(0, 0, 0);

    /** Times that are always the same. */
    public Timings(long readNanos, long programNanos, long eraseNanos) {
        this(readNanos, programNanos, eraseNanos, readNanos, programNanos, eraseNanos);
    }
}
