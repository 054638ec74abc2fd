/**
 * Load for a device: streams of reads and writes that obey its rules.
 *
 * <p>Start at {@link io.ocssd.cli.bench.load.LoadRun}, which takes a {@link io.ocssd.cli.bench.load.Workload} and a device:
 * it writes what the reads will need, starts a task for each stream, measures, and can give the drive its blocks back. All
 * work is done on the scheduler that the device was opened with, so the same seed gives the same run in virtual time. The
 * loop over the requests allocates nothing.
 */
package io.ocssd.cli.bench.load;
