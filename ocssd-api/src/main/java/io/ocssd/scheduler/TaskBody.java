package io.ocssd.scheduler;

/** What a task does: plain blocking code that may throw. */
@FunctionalInterface
public interface TaskBody {
    /**
     * Runs to the end of the task.
     *
     * @throws Exception anything; it is handed to whoever joins the task
     */
    void run() throws Exception;
}
