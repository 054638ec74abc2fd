package io.ocssd.lsm.entry;

import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import java.util.Iterator;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * The newest part of the history, in memory and in order, all versions kept.
 *
 * <p>One writer at a time (under the store's mutex), readers at any time without a lock.
 */
public final class Memtable {
    private static final byte[] NOTHING = {};

    private final Scheduler scheduler;
    private final ConcurrentSkipListSet<Entry> entries = new ConcurrentSkipListSet<>(Entry.ORDER);
    private volatile long tableBytes;
    private volatile long lastSequence;

    /** An empty memtable. */
    public Memtable(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /**
     * Adds a version, newer than all that are here.
     *
     * @param entryTableBytes about how many bytes of a table it will take
     */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer at a time
    public void add(Entry entry, long entryTableBytes) {
        scheduler.charge(HostCost.INSERT, 1);
        entries.add(entry);
        tableBytes += entryTableBytes;
        lastSequence = entry.sequence();
    }

    /** The newest version of a key, or null. */
    public Entry newest(byte[] key) {
        scheduler.charge(HostCost.LOOKUP, 1);
        Entry found = entries.ceiling(new Entry(key, null, Long.MAX_VALUE));
        return found != null && Keys.compare(found.key(), key) == 0 ? found : null;
    }

    /** About how many bytes of a table its versions take. */
    public long tableBytes() {
        return tableBytes;
    }

    /** Number of its newest version; 0 when it is empty. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return lastSequence == 0;
    }

    /**
     * Its versions in order.
     *
     * @param fromInclusive first key, null for the very first
     * @param newestSequence versions with a greater number are left out
     */
    public Cursor cursor(byte[] fromInclusive, long newestSequence) {
        Iterator<Entry> iterator = fromInclusive == null
                ? entries.iterator()
                : entries.tailSet(new Entry(fromInclusive, null, Long.MAX_VALUE))
                        .iterator();
        return new MemtableCursor(iterator, newestSequence);
    }

    private static final class MemtableCursor implements Cursor {
        private final Iterator<Entry> iterator;
        private final long newestSequence;
        private Entry entry;

        MemtableCursor(Iterator<Entry> iterator, long newestSequence) {
            this.iterator = iterator;
            this.newestSequence = newestSequence;
        }

        @Override
        public boolean next() {
            while (iterator.hasNext()) {
                entry = iterator.next();
                if (entry.sequence() <= newestSequence) {
                    return true;
                }
            }
            entry = null;
            return false;
        }

        @Override
        public byte[] key() {
            return entry.key();
        }

        @Override
        public long sequence() {
            return entry.sequence();
        }

        @Override
        public boolean isDelete() {
            return entry.isDelete();
        }

        @Override
        public byte[] valueArray() {
            return entry.isDelete() ? NOTHING : entry.value();
        }

        @Override
        public int valueOffset() {
            return 0;
        }

        @Override
        public int valueLength() {
            return valueArray().length;
        }
    }
}
