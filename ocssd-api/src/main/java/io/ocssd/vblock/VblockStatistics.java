package io.ocssd.vblock;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;

/**
 * What became of the vblocks of a target since it was opened: a snapshot of counters that only grow, and of one that tells
 * how it is now.
 *
 * <p>Each counter is exact; together they are as of nearly the same moment.
 *
 * @param device what this target alone asked of the device, by the device's own rules: commands that ended, sectors read and
 *     programmed, bytes by class, erases. It does not tell how busy LUNs were
 * @param commandsUnderWay commands sent to the device that have not ended yet, as far as their senders know
 * @param stalls times that a writer waited for the device before it could take more: for a program to end in a block that
 *     had enough under way, or for a buffer to come back. Waits of syncs for what they sent are none
 * @param stallNanos how long these were together, on the clock of the scheduler; those of several writers add up
 * @param failedPrograms programs of vblocks that failed, in whatever way; their owners noticed none of them unless data was
 *     lost
 * @param replacedBlocks blocks that were opened to go on where a program had failed
 * @param movedUnits programs that were sent again to a replacement
 * @param retiredBlocks blocks that were taken out of use for good
 * @param scrubbedBlocks blocks that were copied since their sectors read with a high error count
 */
public record VblockStatistics(
        DeviceCounters device,
        long commandsUnderWay,
        long stalls,
        long stallNanos,
        long failedPrograms,
        long replacedBlocks,
        long movedUnits,
        long retiredBlocks,
        long scrubbedBlocks) {
    /** Nothing has happened yet. */
    public static final VblockStatistics NONE = new VblockStatistics(
            new DeviceCounters(0, 0, 0, 0, new long[ByteClass.values().length]), 0, 0, 0, 0, 0, 0, 0, 0);
}
