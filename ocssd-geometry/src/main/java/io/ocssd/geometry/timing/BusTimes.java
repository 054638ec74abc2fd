package io.ocssd.geometry.timing;

/**
 * What the bus of a channel needs.
 *
 * @param bytesPerSecond data rate; 0 when data take no time
 * @param commandNanos command and address cycles, for each plane that an operation touches
 * @param statusNanos the status after a program or an erase
 */
public record BusTimes(long bytesPerSecond, long commandNanos, long statusNanos) {
    /** A bus that takes no time. */
    public static final BusTimes NONE = new BusTimes(0, 0, 0);

    /** Checks every figure. */
    public BusTimes {
        if (bytesPerSecond < 0 || commandNanos < 0 || statusNanos < 0) {
            throw new IllegalArgumentException("bytesPerSecond=" + bytesPerSecond + ", commandNanos=" + commandNanos
                    + ", statusNanos=" + statusNanos);
        }
    }
}
