package io.ocssd.block;

/**
 * What a block device is and did: as of one moment.
 *
 * @param sectors it offers
 * @param mappedSectors that hold something
 * @param units it is spread over, the free ones included
 * @param freeUnits that could be opened now
 * @param pagesPerUnit places of a unit for sectors and for what is kept about them
 * @param width LUNs of a unit
 * @param writtenSectors that users wrote since it was opened
 * @param relocatedSectors that garbage collection moved since then
 * @param erasedUnits since then
 * @param checkpoints written since then
 * @param replayedRecords that the opening found behind the checkpoint: writes, trims and moves
 */
public record BlockStatistics(
        long sectors,
        long mappedSectors,
        int units,
        int freeUnits,
        int pagesPerUnit,
        int width,
        long writtenSectors,
        long relocatedSectors,
        long erasedUnits,
        long checkpoints,
        long replayedRecords) {
    /** (written + relocated) / written; 1 when nothing was written. */
    public double writeAmplification() {
        return writtenSectors == 0 ? 1 : (double) (writtenSectors + relocatedSectors) / writtenSectors;
    }
}
