package io.ocssd.lsm.compaction;

import io.ocssd.lsm.log.Edit;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.Table;
import io.ocssd.lsm.table.TableWriter;
import java.io.IOException;
import java.util.List;

/** What a compaction needs of the store. */
public interface CompactionHost {
    /** A new table, or null when there is no space for one that nothing else needs more. */
    TableWriter tryNewTable() throws IOException;

    /**
     * Makes a change durable and then visible.
     *
     * @param upserted the tables of the edit
     * @throws io.ocssd.error.NoSpaceException when there is no room in the log; nothing was changed
     */
    void commit(Edit edit, List<PlacedTable> upserted) throws IOException;

    /** Counts a table that was written. */
    void wrote(PlacedTable table);

    /** Gives back what {@link Table#retain} held. */
    void release(Table table);

    /** Erases a table that was never committed. */
    void discard(PlacedTable table) throws IOException;

    /** Whether the store is being closed, so that a job should end at once. */
    boolean isStopping();
}
