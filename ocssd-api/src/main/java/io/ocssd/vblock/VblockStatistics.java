package io.ocssd.vblock;

/**
 * What became of the vblocks of a target since it was opened: a snapshot of counters that only grow.
 *
 * <p>Each counter is exact; together they are as of nearly the same moment. What was programmed, in bytes by class, is the
 * device's to count: {@link io.ocssd.device.DeviceCounters}.
 *
 * @param failedPrograms programs of vblocks that failed, in whatever way; their owners noticed none of them unless data was
 *     lost
 * @param replacedBlocks blocks that were opened to go on where a program had failed
 * @param movedUnits programs that were sent again to a replacement
 * @param retiredBlocks blocks that were taken out of use for good
 * @param scrubbedBlocks blocks that were copied since their sectors read with a high error count
 */
public record VblockStatistics(
        long failedPrograms, long replacedBlocks, long movedUnits, long retiredBlocks, long scrubbedBlocks) {
    /** Nothing has happened yet. */
    public static final VblockStatistics NONE = new VblockStatistics(0, 0, 0, 0, 0);
}
