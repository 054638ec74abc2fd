/**
 * Counters of open drives as events of the JDK's flight recorder.
 *
 * <p>Start at {@link io.ocssd.geometry.recording.DeviceRecording}, which a device opens when it is opened and closes when it is
 * closed. Events are made by threads of the JDK, and only when a recording asks for them. Throws nothing.
 */
package io.ocssd.geometry.recording;
