/**
 * A trace of every command of a device: when, on which queue, what, where, how urgent, and what came of it.
 *
 * <p>Start at {@link io.ocssd.geometry.decorator.trace.Trace}, which keeps it in memory, in a file or as text, and hand it to
 * a {@link io.ocssd.geometry.decorator.trace.TracedDevice}; or open {@code trace+...} by URI, see {@link
 * io.ocssd.geometry.decorator.trace.TraceDecorator}. Read it with {@link io.ocssd.geometry.decorator.trace.TraceReader}:
 *
 * <pre>{@code
 * try (TraceReader trace = TraceReader.open(Path.of("run.trace"))) {
 *     for (TracedCommand each : trace) {
 *         System.out.println(each);
 *     }
 * }
 * }</pre>
 *
 * <p>A trace file is a {@link io.ocssd.geometry.decorator.RecordFile} with the magic {@code OCSSDTRC}; {@code TraceCodec}
 * shows its bytes. Records have a CRC32C each; when the writer died the file is good up to its last whole record. What a queue
 * has not handed over by then, some hundreds of commands, is lost.
 *
 * <p>Tracing costs a reading of the clock and about a dozen stores for a command, allocates nothing and takes no lock but
 * once in some hundreds of commands. Devices and traces may be used from any task; a reader belongs to one.
 */
package io.ocssd.geometry.decorator.trace;
