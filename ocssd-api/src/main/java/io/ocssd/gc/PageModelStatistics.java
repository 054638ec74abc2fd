package io.ocssd.gc;

/**
 * Counters of a page-mapped FTL since it was made; they only grow, but for the last two.
 *
 * @param userPageWrites pages that users wrote
 * @param relocatedPageWrites pages that garbage collection moved
 * @param erases units that were erased
 * @param collections how often room was made, by one victim or by several at once
 * @param freeUnitsAtCollections units that were free when that began, summed
 * @param meanErases erases of a unit, on average
 * @param eraseCountCov their standard deviation by their mean; 0 when nothing was erased
 */
public record PageModelStatistics(
        long userPageWrites,
        long relocatedPageWrites,
        long erases,
        long collections,
        long freeUnitsAtCollections,
        double meanErases,
        double eraseCountCov) {}
