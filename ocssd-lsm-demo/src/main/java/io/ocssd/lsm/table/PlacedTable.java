package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Keys;
import java.io.IOException;

/**
 * A table with the place and range that the manifest gives it.
 *
 * @param meta what the manifest says
 * @param table what is on flash
 */
public record PlacedTable(TableMeta meta, Table table) {
    /** The version of a key that is in its range, or null. */
    public Entry find(byte[] key) throws IOException {
        return meta.covers(key) ? table.find(key) : null;
    }

    /**
     * The entries in its range, in order.
     *
     * @param fromInclusive first key, null for the very first
     * @param aheadBytes most bytes that are read at once
     */
    public Cursor cursor(byte[] fromInclusive, int aheadBytes) {
        return table.cursor(Keys.later(fromInclusive, meta.smallest()), aheadBytes);
    }
}
