package io.ocssd.scheduler;

import java.util.concurrent.Callable;

/**
 * Gives out time, tasks, signals and mutexes; in real time or, from a seed, in virtual time.
 *
 * <p>Thread-safe. In simulated time every call but {@link #run} and {@link #close} must come from a task of this
 * scheduler.
 */
public interface Scheduler extends AutoCloseable {

    /** A scheduler on real time: tasks are daemon platform threads that run side by side. */
    static Scheduler real() {
        return new RealScheduler();
    }

    /**
     * A scheduler on virtual time that runs one task at a time.
     *
     * <p>The task that is due first runs next; of several due at the same time the seed chooses one. Equal seeds and equal
     * programs give equal runs, to the last nanosecond.
     *
     * @param seed any number
     */
    static Scheduler simulated(long seed) {
        return new SimulatedScheduler(seed);
    }

    /** Nanoseconds since this scheduler was made; in simulated time the caller's virtual time. */
    long nanoTime();

    /** Whether time is virtual. Real drives refuse such a scheduler. */
    boolean isSimulated();

    /**
     * Runs {@code body} in the calling thread as a task and returns its result.
     *
     * <p>In simulated time this is the way in: virtual time passes only while a {@code run} is under way, and tasks that
     * still wait when it returns stay as they are until the next one. Inside a task it just calls the body.
     *
     * @param name shown in failure messages and thread names
     * @throws Exception what the body threw
     * @throws IllegalStateException in simulated time, when every task waits and none can ever go on
     */
    <T> T run(String name, Callable<T> body) throws Exception;

    /**
     * Starts a task.
     *
     * @param name shown in failure messages and thread names
     */
    Task spawn(String name, TaskBody body);

    /** Waits until {@link #nanoTime()} is at least {@code deadlineNanos}; returns at once when it is. */
    void sleepUntil(long deadlineNanos);

    /** A new signal at version 0. */
    Signal newSignal();

    /** A new mutex, not held. */
    Mutex newMutex();

    /**
     * Charges the calling task for work of the host's processor: virtual time in simulated runs, nothing in real ones,
     * where the work itself takes time.
     *
     * @param count how many times the operation was done, at least 0
     */
    void charge(HostCost cost, long count);

    /**
     * Ends the scheduler. Tasks that still wait in simulated time are ended by an {@link IllegalStateException} out of
     * their wait; in real time tasks are left to their owners, and no new one starts. Idempotent; not called from a task.
     */
    @Override
    void close();
}
