/**
 * {@code ocssd bench ftl}: what garbage collection costs, beside what theory says.
 *
 * <p>Start at {@link io.ocssd.cli.bench.ftl.BenchFtlCommand}. {@code FtlRun} puts a {@code PageLoad} on a page-mapped FTL
 * without payload and measures its write amplification; {@code Theory} has the formulas, {@code Oracle} the one that fits a run,
 * and {@code FtlTable} all runs that there is a formula for. Run by one thread.
 */
package io.ocssd.cli.bench.ftl;
