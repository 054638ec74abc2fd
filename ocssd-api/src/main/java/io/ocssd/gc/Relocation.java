package io.ocssd.gc;

import java.io.IOException;

/**
 * The owner of the data, who empties victims. Not thread-safe: its collector calls it one call at a time.
 *
 * <p>The collector asks about the pages of a victim in their order, as many at a time as the pacer says, and erases the unit
 * when it has asked about all of them, or is told that the rest is dead. Between two calls the owner may write and overwrite.
 */
public interface Relocation {
    /** What {@link #erase} returns when the unit is free only later; the owner tells the collector when. */
    long LATER = -1;

    /** What became of a page. */
    enum Fate {
        /** It is alive, and stands in another unit now. */
        MOVED,
        /** It was dead, or the owner gave it up. */
        DROPPED,
        /** It is dead, and so are all pages behind it: the unit is erased without another question. */
        ALL_DEAD
    }

    /**
     * Deals with a page of a victim.
     *
     * @param unit the victim
     * @param index of the page in it, from 0
     * @throws IOException when it could not be moved; it is asked about again
     */
    Fate relocate(int unit, int index) throws IOException;

    /**
     * Erases a victim, of which no page is needed any more.
     *
     * @return how often the unit has been erased now, or {@link #LATER}
     * @throws IOException when it could not be; it is tried again
     */
    long erase(int unit) throws IOException;
}
