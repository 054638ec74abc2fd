/**
 * What a benchmark measures: a window of time, and in it requests, bytes and latencies of one kind of request.
 *
 * <p>Start at {@link io.ocssd.cli.bench.measure.Window}, which all streams of a run share; a {@link
 * io.ocssd.cli.bench.measure.Measure} belongs to the task of one stream until that has ended. Nothing here allocates per
 * request.
 */
package io.ocssd.cli.bench.measure;
