package io.ocssd.lsm.entry;

import java.io.IOException;

/**
 * Versions of entries in order: by key, the newest version of a key first.
 *
 * <p>Stands before the first one at the start. What it returns is valid until the next call of {@link #next}, but for the
 * key, which stays. Belongs to one task at a time.
 */
public interface Cursor {
    /** Goes on to the next version; false at the end. */
    boolean next() throws IOException;

    /** Key of the present version; nobody changes it. */
    byte[] key();

    /** Number of the present version in the history of the store. */
    long sequence();

    /** Whether the present version removes the key. */
    boolean isDelete();

    /** Array that holds the present value. */
    byte[] valueArray();

    /** Where in {@link #valueArray} the present value begins. */
    int valueOffset();

    /** Bytes of the present value; 0 for a delete. */
    int valueLength();
}
