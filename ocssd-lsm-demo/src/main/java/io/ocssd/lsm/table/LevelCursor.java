package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.ForwardingCursor;
import io.ocssd.lsm.entry.Keys;
import java.io.IOException;
import java.util.List;

/** Goes through disjoint tables one after the other; only the present one takes memory. */
public final class LevelCursor extends ForwardingCursor {
    private final List<PlacedTable> tables;
    private final byte[] from;
    private final int aheadBytes;
    private int nextTable;

    /**
     * A cursor at the start.
     *
     * @param tables disjoint, in the order of their keys
     * @param from first key, null for the very first
     * @param aheadBytes most bytes that are read at once
     */
    public LevelCursor(List<PlacedTable> tables, byte[] from, int aheadBytes) {
        this.tables = tables;
        this.from = from;
        this.aheadBytes = aheadBytes;
    }

    @Override
    public boolean next() throws IOException {
        while (true) {
            if (present != null && present.next()) {
                return true;
            }
            present = null;
            if (nextTable == tables.size()) {
                return false;
            }
            PlacedTable table = tables.get(nextTable++);
            if (from == null || Keys.compare(table.meta().largest(), from) >= 0) {
                present = table.cursor(from, aheadBytes);
            }
        }
    }
}
