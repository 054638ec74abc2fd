package io.ocssd.scheduler;

/**
 * A version that can be raised and waited for.
 *
 * <p>The pattern: read {@link #version()}, look at the state it announces, and when that will not do wait for a version
 * newer than the one read. No wake-up can be missed, since a raise between look and wait has already passed the version.
 * Thread-safe.
 */
public interface Signal {
    /** The present version; starts at 0 and only grows. */
    long version();

    /** Raises the version by one and lets every waiter go on. Does not wait. */
    void raise();

    /** Waits until the version is above {@code seenVersion}. */
    void await(long seenVersion);

    /**
     * Waits until the version is above {@code seenVersion} or the time has come.
     *
     * @param deadlineNanos on the scheduler's clock
     * @return whether the version is above {@code seenVersion}
     */
    boolean await(long seenVersion, long deadlineNanos);
}
