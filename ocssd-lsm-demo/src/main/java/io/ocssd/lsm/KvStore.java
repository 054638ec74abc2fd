package io.ocssd.lsm;

import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Target;
import java.io.IOException;

/**
 * A store of keys and values on the vblocks of a target.
 *
 * <p>Keys are ordered by their unsigned bytes. A put or delete is seen by every get at once and is durable after the next
 * {@link #sync}, together with all that came before it: after a crash the store holds what it held after some put or
 * delete that is not older than the last one synced. Thread-safe; called from tasks of its scheduler.
 */
public final class KvStore implements AutoCloseable {
    private KvStore() {}

    /**
     * Opens a store, recovering it from its logs. A store that is not there yet is made by its first write. Nothing is
     * written by opening it, so that opening for reads alone costs no erase and no program; vblocks of other stores and
     * owners are never touched.
     *
     * @param target where it lives; one open store of a name at a time
     * @param scheduler the one that the target was opened with; runs flushes and compactions
     * @throws io.ocssd.error.CorruptException when a log fails its check, or tables are there but no log
     * @throws io.ocssd.error.TooNewException when it was written by a newer version
     * @throws io.ocssd.error.TooOldException when it was written by an older version
     * @throws IllegalArgumentException when the target is too small for a store
     */
    public static KvStore open(Target target, Scheduler scheduler, KvOptions options) throws IOException {
        notBuilt();
        return null;
    }

    /**
     * Sets the value of a key; durable after the next {@link #sync}. Waits while flushes and compactions are behind.
     *
     * @param key 1 to {@link #maxKeyBytes} bytes; copied
     * @param value any number of bytes, 0 too; key and value together at most {@link #maxEntryBytes}; copied
     * @throws io.ocssd.error.NoSpaceException when the target is full and no compaction can free enough; nothing was
     *     changed, the store stays readable, and deletes are still taken
     * @throws IllegalArgumentException when the key or the entry is too large; nothing was changed
     */
    public void put(byte[] key, byte[] value) throws IOException {
        notBuilt();
    }

    /**
     * Removes a key, whether it is there or not; durable after the next {@link #sync}. May use space that puts may not.
     *
     * @param key 1 to {@link #maxKeyBytes} bytes; copied
     * @throws IllegalArgumentException when the key is too large; nothing was changed
     */
    public void delete(byte[] key) throws IOException {
        notBuilt();
    }

    /**
     * The value of a key, or null when there is none; the caller's to keep.
     *
     * @throws io.ocssd.error.CorruptException when the table that should hold it fails its check
     */
    public byte[] get(byte[] key) throws IOException {
        notBuilt();
        return new byte[0];
    }

    /**
     * Goes through a range of keys as they are now.
     *
     * @param fromInclusive first key; null for the very first
     * @param toExclusive where to end; null for no end
     */
    public KvIterator iterator(byte[] fromInclusive, byte[] toExclusive) throws IOException {
        notBuilt();
        return null;
    }

    /** Makes everything put and deleted so far durable; tasks that sync at the same time share the work. */
    public void sync() throws IOException {
        notBuilt();
    }

    /**
     * Writes the memtable to a table and waits until no flush or compaction is due.
     *
     * @throws io.ocssd.error.NoSpaceException when the target is too full to write the memtable
     */
    public void settle() throws IOException {
        notBuilt();
    }

    /** What the store did and holds; not one moment's picture while others write. */
    public KvStats stats() {
        notBuilt();
        return null;
    }

    /**
     * Reads every table and log and checks every checksum, the order of keys, the key ranges and counts in the manifest,
     * that the tables of each level below 0 are disjoint, and that newer versions lie above older ones.
     *
     * @throws IOException when the device fails; damage is not thrown but listed
     */
    public KvCheck check() throws IOException {
        notBuilt();
        return null;
    }

    /** Most bytes that a key and its value may have together. */
    public int maxEntryBytes() {
        notBuilt();
        return 0;
    }

    /** Most bytes that a key may have. */
    public int maxKeyBytes() {
        notBuilt();
        return 0;
    }

    /**
     * Syncs, closes the log and stops the background tasks. Idempotent.
     *
     * @throws IOException when what was not synced can't be made durable
     */
    @Override
    public void close() throws IOException {
        notBuilt();
    }

    private static void notBuilt() {
        if (MISSING) {
            throw new UnsupportedOperationException("not built yet");
        }
    }

    private static final boolean MISSING = Boolean.parseBoolean("true");
}
