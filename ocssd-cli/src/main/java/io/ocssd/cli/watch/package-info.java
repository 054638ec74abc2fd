/**
 * {@code ocssd device watch}: live counters of a process that has a drive open, through its flight recorder.
 *
 * <p>Start at {@link io.ocssd.cli.watch.DeviceWatchCommand}. {@code WatchedProcess} finds the process and listens to it, {@code
 * Sampler} makes rates of counters, {@code WatchText} and {@code WatchJson} show them. A thread of the JDK brings the events and shows them; the one that
 * runs the command waits meanwhile.
 */
package io.ocssd.cli.watch;
