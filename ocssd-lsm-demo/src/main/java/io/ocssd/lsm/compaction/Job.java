package io.ocssd.lsm.compaction;

import com.google.common.collect.ImmutableList;
import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.table.LevelCursor;
import io.ocssd.lsm.table.PlacedTable;
import java.util.ArrayList;
import java.util.List;

/**
 * Tables to merge.
 *
 * @param fromLevel level of {@code upper}
 * @param toLevel level that the merged tables get; the same one when a level is only packed tighter
 * @param upper tables that go down; of level 0 the oldest ones, the newest of them first
 * @param lower tables of {@code toLevel} that overlap them, in order; empty when a level is packed
 */
record Job(int fromLevel, int toLevel, List<PlacedTable> upper, List<PlacedTable> lower) {
    Job {
        upper = ImmutableList.copyOf(upper);
        lower = ImmutableList.copyOf(lower);
    }

    /** All tables, upper ones first. */
    List<PlacedTable> inputs() {
        return ImmutableList.<PlacedTable>builder().addAll(upper).addAll(lower).build();
    }

    List<Cursor> cursors(int aheadBytes) {
        List<Cursor> cursors = new ArrayList<>();
        if (fromLevel == 0) {
            upper.forEach(table -> cursors.add(table.cursor(null, aheadBytes)));
        } else {
            cursors.add(new LevelCursor(upper, null, aheadBytes));
        }
        if (!lower.isEmpty()) {
            cursors.add(new LevelCursor(lower, null, aheadBytes));
        }
        return cursors;
    }
}
