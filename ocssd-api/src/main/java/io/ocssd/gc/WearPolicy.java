package io.ocssd.gc;

/**
 * Spreads erases over the units. Not thread-safe: its collector calls it one call at a time.
 *
 * <p>It keeps the free units, and so decides which of them is opened next (dynamic wear levelling). It may also name a full
 * unit that was erased too seldom, to be emptied out of turn, so that what lies there and is never overwritten does not keep
 * it out of use (static wear levelling). A call takes O(1) or O(log units).
 */
public interface WearPolicy {
    /** What {@link #victim} returns when no unit is due. */
    int NONE = -1;

    /**
     * A unit is free.
     *
     * @param erases how often it has been erased
     */
    void free(int unit, long erases);

    /**
     * Takes one of the free units to be opened. There is one.
     *
     * @param relocated whether it is for pages that were moved: they have lived long and are likely to go on
     */
    int take(boolean relocated);

    /** A unit is full. */
    void full(int unit);

    /** A full unit is going to be emptied. */
    void taken(int unit);

    /** A full unit that is to be emptied now, however little that yields, or {@link #NONE}. It stays full until taken. */
    int victim();
}
