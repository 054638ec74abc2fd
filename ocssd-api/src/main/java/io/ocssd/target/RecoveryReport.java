package io.ocssd.target;

/**
 * What it took to open a target. Opened read-only, nothing is sealed, erased or programmed.
 *
 * @param nanos time it took, on the scheduler's clock
 * @param vblocks vblocks found
 * @param resealed vblocks that were open and are now sealed at their last sync
 * @param erasedBlocks blocks of vblocks half made or half erased that were erased
 * @param paddedSectors sectors programmed with filler to make the tails of open blocks readable and to close them
 * @param sectorsToRecover sectors of open blocks that were written and can't be read before the target is opened for writing;
 *     0 unless it was opened read-only
 */
public record RecoveryReport(
        long nanos, int vblocks, int resealed, int erasedBlocks, long paddedSectors, long sectorsToRecover) {}
