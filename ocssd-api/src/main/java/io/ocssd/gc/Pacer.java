package io.ocssd.gc;

/**
 * Says how much of garbage collection is done ahead of each page that a user writes, so that nobody has to wait for all of
 * it at once. Not thread-safe: its collector calls it one call at a time.
 *
 * <p>Whatever it says, a writer that finds no unit to open but the reserve waits until one more is empty.
 */
public interface Pacer {
    /**
     * Pages to move before the next page of a user is written.
     *
     * @param freeUnits that could be opened now, those of the reserve included
     * @param reserveUnits that only garbage collection may open
     * @return 0 or more; it ends earlier when a victim is empty
     */
    int moves(int freeUnits, int reserveUnits);
}
