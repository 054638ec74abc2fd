package io.ocssd.ftl.page;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Units that pages are appended to and that are erased as a whole. Belongs to one task at a time. */
interface UnitStore {
    /** Opens an erased unit for writing. */
    void open(int unit, boolean relocated) throws IOException;

    /**
     * Writes the next page of an open unit.
     *
     * @param index of the page in the unit: one more than that of the call before, 0 after opening
     * @param page the logical page, remembered with it
     * @param content of the page; null where none is kept
     */
    void append(int unit, int index, long page, ByteBuffer content) throws IOException;

    /** Copies a page of another unit, with its logical page, to the next place of an open unit. */
    void move(int fromUnit, int fromIndex, int unit, int index, long page) throws IOException;

    /** No more is appended. */
    void seal(int unit) throws IOException;

    /** The logical page that was written to a place since the unit was erased last. */
    long owner(int unit, int index) throws IOException;

    /**
     * Erases a unit that was sealed.
     *
     * @return how often it has been erased now
     */
    long erase(int unit) throws IOException;
}
