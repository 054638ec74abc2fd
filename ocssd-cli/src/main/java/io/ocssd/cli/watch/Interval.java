package io.ocssd.cli.watch;

import java.util.List;

/**
 * What a process did in an interval.
 *
 * @param endUnixNanos when it ended, in nanoseconds since 1970
 * @param devices its drives, by serial number
 * @param targets their targets, by serial number and name
 */
record Interval(long process, long endUnixNanos, List<Rates> devices, List<Rates> targets) {}
