package io.ocssd.lsm;

import java.io.IOException;

/**
 * Goes through the entries of a store in the order of their keys (unsigned bytes), as they were when it was made.
 *
 * <p>Until it is closed it keeps the tables of that moment from being erased. Belongs to one task at a time.
 */
public final class KvIterator implements AutoCloseable {
    KvIterator() {}

    /**
     * Goes on to the next entry; at first to the first one.
     *
     * @return false at the end
     * @throws io.ocssd.error.CorruptException when a table fails its check
     */
    public boolean next() throws IOException {
        return false;
    }

    /**
     * Key of the present entry; the caller's to keep.
     *
     * @throws IllegalStateException before the first and after the last entry
     */
    public byte[] key() {
        return new byte[0];
    }

    /**
     * Value of the present entry; the caller's to keep.
     *
     * @throws IllegalStateException before the first and after the last entry
     */
    public byte[] value() {
        return new byte[0];
    }

    /** Lets go of the snapshot. Idempotent. */
    @Override
    public void close() {}
}
