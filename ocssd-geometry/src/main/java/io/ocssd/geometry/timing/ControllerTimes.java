package io.ocssd.geometry.timing;

/**
 * What lies between the host and the channels.
 *
 * @param commandNanos what the controller needs for each command before flash sees it; commands wait side by side
 * @param hostReadBytesPerSecond most that the host gets; 0 for no bound
 * @param hostWriteBytesPerSecond most that the host can send; 0 for no bound
 */
public record ControllerTimes(long commandNanos, long hostReadBytesPerSecond, long hostWriteBytesPerSecond) {
    /** A controller and a link that take no time. */
    public static final ControllerTimes NONE = new ControllerTimes(0, 0, 0);

    /** Checks every figure. */
    public ControllerTimes {
        if (commandNanos < 0 || hostReadBytesPerSecond < 0 || hostWriteBytesPerSecond < 0) {
            throw new IllegalArgumentException("commandNanos=" + commandNanos + ", hostReadBytesPerSecond="
                    + hostReadBytesPerSecond + ", hostWriteBytesPerSecond=" + hostWriteBytesPerSecond);
        }
    }
}
