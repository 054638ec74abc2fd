package io.ocssd.lsm.table;

import com.google.common.collect.ImmutableList;
import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Keys;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables of a store at one moment, by level. Immutable, thread-safe.
 *
 * <p>Level 0 has the newest table first, and its tables may overlap. The tables of every other level are disjoint and in
 * the order of their keys, and every version in a level is newer than all versions of its key in the levels below.
 */
public final class Levels {
    /** Levels that a store can have. */
    public static final int COUNT = 7;

    private static final Comparator<PlacedTable> NEWEST_FIRST = Comparator.comparingLong(
                    (PlacedTable t) -> t.meta().lastSequence())
            .thenComparingLong(t -> t.meta().id())
            .reversed();
    private static final Comparator<PlacedTable> BY_KEY =
            Comparator.comparing(t -> t.meta().smallest(), Keys.ORDER);

    private final ImmutableList<ImmutableList<PlacedTable>> levels;

    private Levels(ImmutableList<ImmutableList<PlacedTable>> levels) {
        this.levels = levels;
    }

    /** Sorts tables into their levels. */
    public static Levels of(Iterable<PlacedTable> tables) {
        List<List<PlacedTable>> sorted = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            sorted.add(new ArrayList<>());
        }
        for (PlacedTable table : tables) {
            sorted.get(table.meta().level()).add(table);
        }
        ImmutableList.Builder<ImmutableList<PlacedTable>> levels = ImmutableList.builder();
        for (int i = 0; i < COUNT; i++) {
            levels.add(ImmutableList.sortedCopyOf(i == 0 ? NEWEST_FIRST : BY_KEY, sorted.get(i)));
        }
        return new Levels(levels.build());
    }

    /**
     * The levels after a change.
     *
     * @param removed ids of tables that are not part of the store any more
     * @param upserts tables that are new, or have another level or range now
     */
    public Levels with(List<Long> removed, List<PlacedTable> upserts) {
        Set<Long> gone = new HashSet<>(removed);
        Map<Long, PlacedTable> changed = new HashMap<>();
        upserts.forEach(table -> changed.put(table.meta().id(), table));
        List<PlacedTable> tables = new ArrayList<>(upserts);
        for (PlacedTable table : all()) {
            long id = table.meta().id();
            if (!gone.contains(id) && !changed.containsKey(id)) {
                tables.add(table);
            }
        }
        return of(tables);
    }

    /** The tables of a level. */
    public ImmutableList<PlacedTable> level(int level) {
        return levels.get(level);
    }

    /** The tables of all levels. */
    public List<PlacedTable> all() {
        List<PlacedTable> all = new ArrayList<>();
        levels.forEach(all::addAll);
        return all;
    }

    /** The lowest level that has a table, or -1. */
    public int deepest() {
        int level = COUNT - 1;
        while (level >= 0 && levels.get(level).isEmpty()) {
            level--;
        }
        return level;
    }

    /** The newest version of a key, or null. */
    public Entry newest(byte[] key) throws IOException {
        for (PlacedTable table : levels.get(0)) {
            Entry found = table.find(key);
            if (found != null) {
                return found;
            }
        }
        for (int level = 1; level < COUNT; level++) {
            PlacedTable table = firstNotBefore(level, key);
            Entry found = table == null ? null : table.find(key);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** Whether a level below {@code level} has a table whose range has the key in it. */
    public boolean coversBelow(int level, byte[] key) {
        for (int below = level + 1; below < COUNT; below++) {
            PlacedTable table = firstNotBefore(below, key);
            if (table != null && table.meta().covers(key)) {
                return true;
            }
        }
        return false;
    }

    /** The tables of a level that have a key of {@code from..to}, both inclusive, in their range. */
    public List<PlacedTable> overlapping(int level, byte[] from, byte[] to) {
        List<PlacedTable> found = new ArrayList<>();
        for (PlacedTable table : levels.get(level)) {
            if (table.meta().overlaps(from, to)) {
                found.add(table);
            }
        }
        return found;
    }

    /** Cursors over everything, newer ones first. */
    public List<Cursor> cursors(byte[] fromInclusive, int aheadBytes) {
        List<Cursor> cursors = new ArrayList<>();
        for (PlacedTable table : levels.get(0)) {
            cursors.add(table.cursor(fromInclusive, aheadBytes));
        }
        for (int level = 1; level < COUNT; level++) {
            if (!levels.get(level).isEmpty()) {
                cursors.add(new LevelCursor(levels.get(level), fromInclusive, aheadBytes));
            }
        }
        return cursors;
    }

    private PlacedTable firstNotBefore(int level, byte[] key) {
        List<PlacedTable> tables = levels.get(level);
        int low = 0;
        int high = tables.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (Keys.compare(tables.get(middle).meta().largest(), key) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low < tables.size() ? tables.get(low) : null;
    }
}
