package io.ocssd.scheduler;

/** A task that was started by {@link Scheduler#spawn}. Thread-safe. */
public interface Task {
    /** Whether the body has ended, well or not. */
    boolean isDone();

    /**
     * Waits for the end of the body.
     *
     * @throws Exception what the body threw; thrown anew by every join
     */
    void join() throws Exception;
}
