package io.ocssd.lsm.compaction;

import com.google.common.collect.ImmutableList;
import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.Packing;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.TableFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses what to compact. Two questions: what is due because a level has grown too large, and, when the target is full,
 * what else could give space back. Belongs to one task, but for {@link #isDue}.
 */
public final class Picker {
    /** Most tables that are packed tighter together. */
    private static final int PACK_TABLES = 6;

    private final LevelSizes sizes;
    private final long tableBytes;
    private final TableFormat format;
    private boolean packingPays = true;
    /** For each level the last key that was taken down, so that all keys come round. */
    private final byte[][] cursors = new byte[Levels.COUNT][];

    /**
     * Makes a picker.
     *
     * @param sizes of the levels
     * @param tableBytes bytes of a full table
     * @param format of the tables
     */
    public Picker(LevelSizes sizes, long tableBytes, TableFormat format) {
        this.sizes = sizes;
        this.tableBytes = tableBytes;
        this.format = format;
    }

    /** Whether a level has grown too large. Any task may ask. */
    public boolean isDue(Levels levels) {
        return resume(levels) != null || fullest(levels) >= 0;
    }

    /**
     * The job that was ended early, so that a table of it is trimmed, or null. It comes before all others: what is used up
     * of its inputs takes space until it is done.
     */
    static Job resume(Levels levels) {
        List<PlacedTable> trimmed = trimmed(levels.level(0));
        if (!trimmed.isEmpty()) {
            return down(levels, 0, withOlderOnes(trimmed, levels.level(0)));
        }
        for (int level = 1; level < levels.deepest(); level++) {
            trimmed = trimmed(levels.level(level));
            if (!trimmed.isEmpty()) {
                return down(levels, level, trimmed.subList(0, 1));
            }
        }
        return null;
    }

    /**
     * The job that is due, or null.
     *
     * @param room most tables of level 0 to take at once
     */
    Job due(Levels levels, int room) {
        Job unfinished = resume(levels);
        if (unfinished != null) {
            return unfinished;
        }
        int level = fullest(levels);
        if (level < 0) {
            return null;
        }
        if (level == 0) {
            return oldest(levels, room);
        }
        ImmutableList<PlacedTable> tables = levels.level(level);
        PlacedTable next = tables.get(0);
        for (PlacedTable table : tables) {
            if (cursors[level] != null && Keys.compare(table.meta().smallest(), cursors[level]) > 0) {
                next = table;
                break;
            }
        }
        cursors[level] = next.meta().largest();
        return down(levels, level, List.of(next));
    }

    /**
     * A job that may give space back though nothing is due, or null when there is none left: everything is in one level
     * then, without deletes, and packed.
     */
    Job squeeze(Levels levels) throws IOException {
        int deepest = levels.deepest();
        if (deepest < 0) {
            return null;
        }
        if (!levels.level(0).isEmpty()) {
            return oldest(levels, 1);
        }
        for (int level = 1; level < deepest; level++) {
            PlacedTable most = null;
            for (PlacedTable table : levels.level(level)) {
                if (most == null || table.meta().deletes() > most.meta().deletes()) {
                    most = table;
                }
            }
            if (most != null) {
                return down(levels, level, List.of(most));
            }
        }
        return pack(deepest, levels.level(deepest));
    }

    private int fullest(Levels levels) {
        int fullest = -1;
        double most = 0;
        for (int level = 0; level < Levels.COUNT - 1; level++) {
            int tables = levels.level(level).size();
            boolean due = level == 0 ? tables >= sizes.level0() : tables > sizes.most(level);
            double score = (double) tables / (level == 0 ? sizes.level0() : sizes.most(level));
            if (due && score > most) {
                most = score;
                fullest = level;
            }
        }
        return fullest;
    }

    /** The oldest table of level 0 and those that overlap it, directly or through others, the oldest {@code room} ones. */
    private static Job oldest(Levels levels, int room) {
        List<PlacedTable> left = new ArrayList<>(levels.level(0).reverse());
        List<PlacedTable> chosen = new ArrayList<>();
        chosen.add(left.remove(0));
        boolean grown = true;
        while (grown) {
            grown = false;
            for (int i = 0; i < left.size() && !grown; i++) {
                PlacedTable table = left.get(i);
                if (chosen.stream()
                        .anyMatch(c -> c.meta()
                                .overlaps(table.meta().smallest(), table.meta().largest()))) {
                    chosen.add(left.remove(i));
                    grown = true;
                }
            }
        }
        // What was found later may be older than what was found before.
        List<PlacedTable> oldestFirst = new ArrayList<>(levels.level(0).reverse());
        oldestFirst.retainAll(chosen);
        return down(
                levels,
                0,
                ImmutableList.copyOf(oldestFirst.subList(0, Math.min(room, oldestFirst.size())))
                        .reverse());
    }

    private static List<PlacedTable> trimmed(List<PlacedTable> tables) {
        return tables.stream().filter(table -> table.meta().isTrimmed()).toList();
    }

    /** Tables of level 0 with all older ones that overlap them, directly or through others; in the level's order. */
    private static List<PlacedTable> withOlderOnes(List<PlacedTable> tables, List<PlacedTable> newestFirst) {
        List<PlacedTable> chosen = new ArrayList<>();
        for (PlacedTable table : newestFirst) {
            if (tables.contains(table)
                    || chosen.stream()
                            .anyMatch(c -> c.meta()
                                    .overlaps(
                                            table.meta().smallest(),
                                            table.meta().largest()))) {
                chosen.add(table);
            }
        }
        return chosen;
    }

    private static Job down(Levels levels, int level, List<PlacedTable> upper) {
        byte[] smallest = null;
        byte[] largest = null;
        for (PlacedTable table : upper) {
            if (smallest == null || Keys.compare(table.meta().smallest(), smallest) < 0) {
                smallest = table.meta().smallest();
            }
            largest = Keys.later(largest, table.meta().largest());
        }
        return new Job(level, level + 1, upper, levels.overlapping(level + 1, smallest, largest));
    }

    private Job pack(int level, List<PlacedTable> tables) throws IOException {
        for (PlacedTable table : tables) {
            if (table.meta().deletes() > 0 || table.meta().isTrimmed()) {
                return new Job(level, level, List.of(table), List.of());
            }
        }
        for (int count = 2; count <= PACK_TABLES && packingPays; count++) {
            for (int first = 0; first + count <= tables.size(); first++) {
                List<PlacedTable> run = tables.subList(first, first + count);
                long bytes =
                        run.stream().mapToLong(table -> table.meta().bytes()).sum();
                if (bytes <= (count - 1) * tableBytes && Packing.tables(run, format, tableBytes) < count) {
                    return new Job(level, level, run, List.of());
                }
            }
        }
        return null;
    }

    /** Hears how a job went; packing that did not save a table is not tried again until something else has changed. */
    void done(Job job, int outputs) {
        boolean packed = job.fromLevel() == job.toLevel() && job.upper().size() > 1;
        packingPays = !packed || outputs < job.upper().size();
    }
}
