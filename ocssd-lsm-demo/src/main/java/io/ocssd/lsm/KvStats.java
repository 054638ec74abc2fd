package io.ocssd.lsm;

import java.util.List;

/**
 * What a store did since it was opened, and what it holds.
 *
 * @param levels level 0 first, down to the lowest that holds a table
 * @param lastSequence number of puts and deletes in the store's whole life
 * @param memtableBytes bytes in memtables that are not in a table yet
 * @param userBytes keys and values handed to put and delete
 * @param logBytes bytes appended to logs: write-ahead records, manifest, nothing else
 * @param flushBytes bytes appended to tables that memtables were written to
 * @param compactionBytes bytes appended to tables that compactions wrote
 * @param flushes memtables that were written to a table
 * @param compactions compactions that ended, tables that only changed their level included
 * @param stalls calls of put and delete that had to wait for a flush or a compaction
 * @param stallNanos how long they waited, all together
 * @param syncs times the log was synced; fewer than calls of sync when several tasks share one
 * @param logs logs that are still needed, the one that is written to included
 * @param freeVblocks vblocks of the width of the store that could be allocated
 * @param recovery what opening the store took
 */
public record KvStats(
        List<Level> levels,
        long lastSequence,
        long memtableBytes,
        long userBytes,
        long logBytes,
        long flushBytes,
        long compactionBytes,
        long flushes,
        long compactions,
        long stalls,
        long stallNanos,
        long syncs,
        int logs,
        int freeVblocks,
        Recovery recovery) {
    /** Copies the list. */
    public KvStats {
        levels = List.copyOf(levels);
    }

    /** Tables of all levels. */
    public int tables() {
        return levels.stream().mapToInt(Level::tables).sum();
    }

    /**
     * A level.
     *
     * @param level its number, 0 is written by flushes
     * @param tables tables, each of them one vblock
     * @param bytes bytes of the tables
     * @param entries puts and deletes in the tables
     * @param deletes deletes among them
     */
    public record Level(int level, int tables, long bytes, long entries, long deletes) {}

    /**
     * What opening the store took.
     *
     * @param logs logs that were read
     * @param records log records that were read
     * @param entries puts and deletes that were taken from them into the memtable
     * @param orphans vblocks of the store that nothing refers to; the first write erases them
     * @param nanos time it took, on the scheduler's clock
     */
    public record Recovery(int logs, long records, long entries, int orphans, long nanos) {}
}
