package io.ocssd.geometry.decorator.statistics;

import io.ocssd.device.IoCommand;
import org.HdrHistogram.Histogram;

/**
 * What was done to one LUN by one operation: a snapshot.
 *
 * @param lunIndex number of the LUN, as {@link io.ocssd.device.Geometry#lunIndex} counts
 * @param operation what was done
 * @param commands commands completed that touched the LUN; one that touched several is counted at each
 * @param failedCommands those of them with a status whose data is not good
 * @param sectors sectors of this LUN that were moved, or blocks for an erase, a finish, an open or a close; without those
 *     that failed. A copy counts its sources
 * @param bytes the same in bytes; 0 for what moves none
 * @param latencyNanos from submission to the poll of the completion; a copy that belongs to the reader
 */
public record LunStatistics(
        int lunIndex,
        IoCommand.Operation operation,
        long commands,
        long failedCommands,
        long sectors,
        long bytes,
        Histogram latencyNanos) {}
