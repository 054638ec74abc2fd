package io.ocssd.ftl.page;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Units that pages are appended to and that are erased as a whole. Belongs to one task at a time.
 *
 * <p>Each append, move and trim has a number of its own, in the order of the calls; {@link #sequence} is the next one.
 */
interface UnitStore {
    /** Opens an erased unit for writing; when this throws it is still erased. */
    void open(int unit, boolean relocated) throws IOException;

    /**
     * Writes the next page of an open unit.
     *
     * @param index of the page in the unit: one more than that of the call before and what {@link #sync} took since, 0 after
     *     opening
     * @param page the logical page, remembered with it
     * @param content of the page; null where none is kept
     */
    void append(int unit, int index, long page, ByteBuffer content) throws IOException;

    /** Copies a page of another unit, with its logical page, to the next place of an open unit. */
    void move(int fromUnit, int fromIndex, int unit, int index, long page) throws IOException;

    /** Pages that can still be appended to an open unit, if they are not more than it has places. */
    int room(int unit);

    /**
     * Makes what was appended to an open unit durable, and the trims remembered so far.
     *
     * @return places that this took beside those of the pages
     */
    int sync(int unit) throws IOException;

    /** No more is appended; what was, is durable then, and the trims remembered so far. */
    void seal(int unit) throws IOException;

    /** The logical page that was written to a place since the unit was erased last; negative when none was. */
    long owner(int unit, int index) throws IOException;

    /** A page is trimmed; remembered until a sync has made it durable. */
    void trimmed(long page);

    /**
     * A unit is going to be erased: those trims that are remembered there and nowhere else are trimmed again, unless their
     * page holds something.
     */
    void keepTrims(int unit, PageMap map) throws IOException;

    /** Trims that wait for a sync, or for a checkpoint when they are too many for that. */
    int pendingTrims();

    /** Number of the next append, move or trim. */
    long sequence();

    /** The least number of what is not durable; {@link #sequence} when everything is. */
    long durableBefore();

    /**
     * Erases a unit that was sealed.
     *
     * @return how often it has been erased now
     */
    long erase(int unit) throws IOException;

    /** How often a unit has been erased, as far as that is known. */
    long eraseCount(int unit);
}
