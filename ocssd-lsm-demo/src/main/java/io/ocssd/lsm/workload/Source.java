package io.ocssd.lsm.workload;

import java.io.IOException;

/** Entries to be loaded: a fixed list, in the order of its keys, whose values are read when they are needed. */
public interface Source {
    /** Number of entries. */
    int size();

    /** Key of an entry, not changed by the caller. */
    byte[] key(int index);

    /** Bytes of the value, as they were when the source was opened. */
    long valueBytes(int index);

    /**
     * Reads the value.
     *
     * @throws IOException when it can't be read
     */
    byte[] value(int index) throws IOException;

    /** Bytes of all values. */
    default long totalBytes() {
        long total = 0;
        for (int i = 0; i < size(); i++) {
            total += valueBytes(i);
        }
        return total;
    }
}
