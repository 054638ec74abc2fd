/**
 * What a target asks of its device and how long its writers wait, as counters and as events of the JDK's flight recorder;
 * internal to this module.
 *
 * <p>Start at {@link io.ocssd.ftl.statistics.IoTallies}, which {@link io.ocssd.vblock.Vblocks#statistics} reads. Each data path
 * counts on an {@link io.ocssd.ftl.statistics.IoTally} that it alone writes; a {@link
 * io.ocssd.ftl.statistics.CommandLedger} knows what each command under way was for. {@link
 * io.ocssd.ftl.statistics.TargetRecording} makes the events, when a recording asks for them. Counters and events are read
 * by threads of the JDK, so nothing here locks, waits or asks the scheduler.
 */
package io.ocssd.ftl.statistics;
