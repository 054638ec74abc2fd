package io.ocssd.lsm;

import io.ocssd.lsm.compaction.LevelSizes;
import io.ocssd.lsm.log.StoreId;
import io.ocssd.lsm.table.TableFormat;
import io.ocssd.vblock.Vblocks;

/**
 * The numbers of a store, from its options and the shape of its target.
 *
 * @param id name and tags
 * @param vblocks of its width that the target has, free or not
 * @param format of tables
 * @param levels most tables of each level
 * @param memtableBytes bytes of a table that a memtable may fill
 * @param tableBytes bytes of a full table
 * @param maxKeyBytes longest key
 * @param maxEntryBytes most bytes of a key and its value
 * @param maxOldLogs closed logs above which the memtable is written out, so that they can go
 */
record Sizes(
        StoreId id,
        int vblocks,
        TableFormat format,
        LevelSizes levels,
        long memtableBytes,
        long tableBytes,
        int maxKeyBytes,
        int maxEntryBytes,
        int maxOldLogs) {
    /** Vblocks open for writing: log, flush, compaction. */
    private static final int WRITERS = 3;

    private static final int DEFAULT_BLOCK_BYTES = 4096;
    private static final int DEFAULT_BLOOM_BITS = 10;
    private static final int DEFAULT_RATIO = 6;
    private static final int LONGEST_KEY_BYTES = 1024;
    private static final int SHORTEST_KEY_BYTES = 16;
    private static final int LARGEST_ENTRY_BYTES = 64 << 20;
    private static final long LARGEST_MEMTABLE_BYTES = 256L << 20;
    /** Bytes of a table in a manifest, but for its two keys. */
    private static final int MANIFEST_TABLE_BYTES = 64;
    /** Log, memtable's table, tables of a compaction, and one that holds something. */
    private static final int FEWEST_VBLOCKS = 12;

    /** As wide as log, flush and compaction can be written side by side. */
    private static int width(Vblocks vblocks) {
        int width = vblocks.maxWidth();
        while (width > 0 && vblocks.maxWriters(width) < WRITERS) {
            width--;
        }
        if (width == 0) {
            throw new IllegalArgumentException("the target is too small for a store: it allows " + vblocks.maxWriters(1)
                    + " vblocks open for writing, a store needs " + WRITERS);
        }
        return width;
    }

    static Sizes of(Vblocks vblocks, KvOptions options) {
        int width = width(vblocks);
        int count = vblocks.available(width) + vblocks.list().size();
        long capacity = vblocks.capacityBytes(width);
        // A quarter of a log is enough for the largest manifest, and a quarter of a table for the largest entry.
        long keyRoom = (capacity / 4 / Math.max(1, count) - MANIFEST_TABLE_BYTES) / 2;
        int maxKeyBytes = (int) Math.min(LONGEST_KEY_BYTES, keyRoom);
        if (maxKeyBytes < SHORTEST_KEY_BYTES || count < FEWEST_VBLOCKS) {
            throw new IllegalArgumentException("the target is too small for a store: vblocks=" + count
                    + " of width " + width + ", at least " + FEWEST_VBLOCKS + "; vblockBytes=" + capacity
                    + ", at least " + 4L * count * (2 * SHORTEST_KEY_BYTES + MANIFEST_TABLE_BYTES));
        }
        StoreId id = new StoreId(options.name());
        TableFormat format = new TableFormat(
                id.owner(),
                id.tableTag(),
                width,
                options.blockBytes() == 0 ? DEFAULT_BLOCK_BYTES : options.blockBytes(),
                options.bloomBitsPerKey() == 0 ? DEFAULT_BLOOM_BITS : options.bloomBitsPerKey());
        LevelSizes levels = new LevelSizes(
                options.level0Tables() == 0 ? Math.max(2, Math.min(4, count / 12)) : options.level0Tables(),
                options.level1Tables() == 0 ? Math.max(2, Math.min(8, count / 12)) : options.level1Tables(),
                options.levelRatio() == 0 ? DEFAULT_RATIO : options.levelRatio());
        long full = capacity - capacity / 16;
        long wanted = options.memtableBytes() == 0 ? LARGEST_MEMTABLE_BYTES : options.memtableBytes();
        return new Sizes(
                id,
                count,
                format,
                levels,
                Math.min(full, wanted),
                capacity,
                maxKeyBytes,
                (int) Math.min(LARGEST_ENTRY_BYTES, capacity / 4),
                count < 24 ? 2 : 3);
    }
}
