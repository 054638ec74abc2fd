/**
 * A recorded trace sent to a device again.
 *
 * <p>Start at {@link io.ocssd.cli.bench.replay.TraceSurvey}, which reads a trace once and tells what a drive must hold before,
 * then {@link io.ocssd.cli.bench.replay.Replay}, which sends its commands and measures. One task of the device's scheduler
 * does it all. A trace that can't be read is an {@link java.io.IOException}.
 */
package io.ocssd.cli.bench.replay;
