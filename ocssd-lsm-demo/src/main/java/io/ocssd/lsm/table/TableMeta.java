package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.Keys;

/**
 * What the manifest knows of a table. Immutable; nobody changes the arrays.
 *
 * <p>The smallest key bounds what is seen of the table: a compaction that has moved the first part of a table down raises
 * it, and what is below it in the vblock is not part of the store any more.
 */
public final class TableMeta {
    private final long id;
    private final int level;
    private final long bytes;
    private final long entries;
    private final long deletes;
    private final long firstSequence;
    private final long lastSequence;
    private final boolean trimmed;
    private final byte[] smallest;
    private final byte[] largest;

    /**
     * Makes the description of a table.
     *
     * @param id of its vblock
     * @param bytes of its vblock's payload
     * @param entries puts and deletes in the vblock
     * @param deletes deletes among them
     * @param firstSequence smallest sequence in the vblock
     * @param lastSequence greatest sequence in the vblock
     * @param trimmed whether its smallest key was raised
     * @param smallest keys before it are not seen
     * @param largest its last key
     */
    public TableMeta(
            long id,
            int level,
            long bytes,
            long entries,
            long deletes,
            long firstSequence,
            long lastSequence,
            boolean trimmed,
            byte[] smallest,
            byte[] largest) {
        this.id = id;
        this.level = level;
        this.bytes = bytes;
        this.entries = entries;
        this.deletes = deletes;
        this.firstSequence = firstSequence;
        this.lastSequence = lastSequence;
        this.trimmed = trimmed;
        this.smallest = smallest;
        this.largest = largest;
    }

    /** Id of its vblock. */
    public long id() {
        return id;
    }

    /** Its level. */
    public int level() {
        return level;
    }

    /** Bytes of its vblock's payload. */
    public long bytes() {
        return bytes;
    }

    /** Puts and deletes in the vblock. */
    public long entries() {
        return entries;
    }

    /** Deletes in the vblock. */
    public long deletes() {
        return deletes;
    }

    /** Smallest sequence in the vblock. */
    public long firstSequence() {
        return firstSequence;
    }

    /** Greatest sequence in the vblock. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Whether its smallest key was raised. */
    public boolean isTrimmed() {
        return trimmed;
    }

    /** Keys before it are not seen. */
    public byte[] smallest() {
        return smallest;
    }

    /** Its last key. */
    public byte[] largest() {
        return largest;
    }

    /** Whether a key is between its smallest and its largest one. */
    public boolean covers(byte[] key) {
        return Keys.compare(smallest, key) <= 0 && Keys.compare(key, largest) <= 0;
    }

    /** Whether its range and {@code from..to}, both inclusive, have a key in common. */
    public boolean overlaps(byte[] from, byte[] to) {
        return Keys.compare(smallest, to) <= 0 && Keys.compare(from, largest) <= 0;
    }

    /** The same table on another level. */
    public TableMeta atLevel(int otherLevel) {
        return new TableMeta(
                id, otherLevel, bytes, entries, deletes, firstSequence, lastSequence, trimmed, smallest, largest);
    }

    /** The same table, of which keys before {@code key} are not seen any more. */
    public TableMeta trimmedTo(byte[] key) {
        return new TableMeta(id, level, bytes, entries, deletes, firstSequence, lastSequence, true, key, largest);
    }

    @Override
    public String toString() {
        return "table " + id + " on level " + level + ", keys " + Keys.show(smallest) + " to " + Keys.show(largest)
                + (trimmed ? " (trimmed)" : "");
    }
}
