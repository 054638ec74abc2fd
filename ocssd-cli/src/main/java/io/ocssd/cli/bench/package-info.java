/**
 * {@code ocssd bench}: loads on devices, measured.
 *
 * <p>Start at {@link io.ocssd.cli.bench.BenchDeviceCommand}. The load is made by {@link io.ocssd.cli.bench.load}, what it
 * came to is kept in {@link io.ocssd.cli.bench.measure}; this package has the verbs, their options and their reports. Each
 * verb is a class, run once by the thread of the command.
 */
package io.ocssd.cli.bench;
