package io.ocssd.lsm;

import io.ocssd.vblock.Vblocks;

/**
 * How many vblocks are free, as of the last time that this store took or gave one; and how many must be for what.
 *
 * <p>From the last to the first: a log can always follow the one that is full; a memtable can be written to a table; a
 * compaction can go on; deletes are still taken; puts are. Thread-safe.
 */
final class Space {
    /** For a table of a memtable: one stays for a log. */
    static final int FOR_FLUSH = 2;
    /** For a table of a compaction: one stays for a log. */
    static final int FOR_COMPACTION = 2;
    /** For a compaction of one table of level 0, beyond one for each frozen memtable; each further one takes one more. */
    static final int FOR_JOB = 5;
    /** For a delete, beyond one for each frozen memtable. */
    static final int FOR_DELETE = 5;

    private static final int LEAST_FOR_PUT = 8;
    private static final int MOST_FOR_PUT = 12;

    private final Vblocks vblocks;
    private final int width;
    private final int forPut;
    private volatile int free;

    /** @param count vblocks of this width that the target has, free or not */
    Space(Vblocks vblocks, int width, int count) {
        this.forPut = Math.max(LEAST_FOR_PUT, Math.min(MOST_FOR_PUT, count / 4));
        this.vblocks = vblocks;
        this.width = width;
        refresh();
    }

    int free() {
        return free;
    }

    /** For a put, beyond one for each frozen memtable; what deletes have beyond it tables may waste at their ends. */
    int forPut() {
        return forPut;
    }

    void refresh() {
        free = vblocks.available(width);
    }
}
