/**
 * {@code ocssd bench}: loads on devices, measured.
 *
 * <p>Start at {@link io.ocssd.cli.bench.BenchDeviceCommand}. The load is made by {@code io.ocssd.cli.bench.load}, what it
 * came to is kept in {@code io.ocssd.cli.bench.measure}; {@code io.ocssd.cli.bench.replay} sends a trace again. This package
 * has the verbs, their options and their reports. Each verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.bench;
