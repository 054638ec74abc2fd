/**
 * Time and threads, behind one interface.
 *
 * <p>Start at {@link io.ocssd.scheduler.Scheduler}. Everything above the geometry layer asks it for the time, for tasks,
 * for signals and for mutexes, and never the JDK. {@link io.ocssd.scheduler.Scheduler#real()} runs tasks side by side on
 * platform threads in real time; {@link io.ocssd.scheduler.Scheduler#simulated(long)} runs one task at a time in virtual
 * time, so that a whole store with flushes, compactions and recovery is a function of its seed and a power cut at any
 * step can be replayed.
 *
 * <p>A task is plain blocking code. It waits in three places only: a device queue's {@code await},
 * {@link io.ocssd.scheduler.Scheduler#sleepUntil} and {@link io.ocssd.scheduler.Signal#await}. A
 * {@link io.ocssd.scheduler.Mutex} guards short critical sections and is never held across a wait.
 *
 * <p>Every type here may be used from any task. Misuse (a wait under a mutex, a call from outside
 * {@link io.ocssd.scheduler.Scheduler#run} in simulated time) is an {@link IllegalStateException}.
 */
package io.ocssd.scheduler;
