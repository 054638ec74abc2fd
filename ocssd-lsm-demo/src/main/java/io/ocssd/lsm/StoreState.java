package io.ocssd.lsm;

import com.google.common.collect.ImmutableList;
import io.ocssd.error.NotFoundException;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Memtable;
import io.ocssd.lsm.log.Edit;
import io.ocssd.lsm.log.Failure;
import io.ocssd.lsm.log.LogWriter;
import io.ocssd.lsm.log.Recovery;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.Table;
import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Signal;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the callers of a store and its background tasks share. Thread-safe.
 *
 * <p>Invariants: the view changes under the mutex only; sequences are given out under it, and in their order entries go to
 * the active memtable and to the log's pending ones; what is in frozen memtables and tables is older than what is in the
 * active one; a vblock is erased only when no view has its table, and no view has it only after the manifest has let go
 * of it durably.
 */
final class StoreState {
    /** Pending bytes at which the task that put them hands them to the log. */
    private static final long PENDING_BYTES = 256 << 10;

    private static final int MOST_FROZEN = 2;
    private static final int LEVEL_0_STOP = 3;
    private static final int LOGS_STOP = 3;

    /** How an attempt to write went. */
    enum Attempt {
        /** The entry is in. */
        DONE,
        /** It is in, and the log should take what is pending. */
        DONE_LOG_DUE,
        /** Flushes or compactions are behind. */
        BEHIND,
        /** Too few vblocks are free. */
        NO_ROOM
    }

    final Scheduler scheduler;
    final Vblocks vblocks;
    final Sizes sizes;
    final Space space;
    final LogWriter log;
    final Failure failure;
    final Counters counters = new Counters();
    /** Raised when a background task has something to look at. */
    final Signal work;
    /** Raised when a background task got somewhere, or gave up. */
    final Signal progress;
    /** Counts what may make space: writes, changes of the view, erases. */
    final AtomicLong changes = new AtomicLong();

    /** Tasks that are erasing what nobody needs any more: as long as there is one, space may come. */
    final AtomicInteger sweeping = new AtomicInteger();

    volatile boolean flushBlocked;
    volatile boolean compactionBlocked;
    volatile boolean compacting;
    volatile boolean squeezeWanted;
    /** Value of {@link #changes} for which the compaction task found that no space can be won. */
    volatile long exhaustedAt = -1;

    private final Mutex mutex;
    private final ConcurrentLinkedQueue<Vblock> garbage = new ConcurrentLinkedQueue<>();
    private List<Entry> pending = new ArrayList<>();
    private long pendingBytes;
    private volatile long sequence;
    private volatile View view;
    private volatile boolean closed;

    StoreState(Scheduler scheduler, Vblocks vblocks, Sizes sizes, Recovery recovered) {
        this.scheduler = scheduler;
        this.vblocks = vblocks;
        this.sizes = sizes;
        this.space = new Space(vblocks, sizes.format().width(), sizes.vblocks());
        this.mutex = scheduler.newMutex();
        this.work = scheduler.newSignal();
        this.progress = scheduler.newSignal();
        this.failure = new Failure(this::wakeAll);
        this.sequence = recovered.lastSequence();
        this.log = new LogWriter(
                vblocks,
                sizes.id(),
                sizes.format().width(),
                scheduler,
                recovered,
                this::takePending,
                failure,
                space::refresh);
        this.view = recoveredView(recovered);
        garbage.addAll(recovered.orphans());
    }

    private View recoveredView(Recovery recovered) {
        List<Memtable> memtables = new ArrayList<>();
        Memtable last = new Memtable(scheduler);
        for (Entry entry : recovered.entries()) {
            long bytes = tableBytes(entry.key(), entry.value());
            if (!last.isEmpty() && last.tableBytes() + bytes > sizes.memtableBytes()) {
                memtables.add(last);
                last = new Memtable(scheduler);
            }
            last.add(entry, bytes);
        }
        List<PlacedTable> tables = new ArrayList<>();
        recovered
                .manifest()
                .tables()
                .forEach(meta -> tables.add(new PlacedTable(
                        meta,
                        new Table(
                                recovered.tables().get(meta.id()),
                                sizes.format().owner(),
                                scheduler))));
        return new View(last, memtables, Levels.of(tables));
    }

    private void wakeAll() {
        work.raise();
        progress.raise();
    }

    View view() {
        return view;
    }

    long sequence() {
        return sequence;
    }

    /** Closes the store for its callers; false when it was. */
    boolean close() {
        mutex.lock();
        try {
            boolean first = !closed;
            closed = true;
            return first;
        } finally {
            mutex.unlock();
        }
    }

    void checkOpen() {
        if (closed) {
            throw new IllegalStateException(
                    "the store is closed, name=" + sizes.id().name());
        }
    }

    /** The present view, retained. */
    View acquire() {
        View present = view;
        while (!present.tryRetain()) {
            present = view;
        }
        return present;
    }

    void release(View used) {
        if (used.release()) {
            for (PlacedTable placed : used.levels().all()) {
                release(placed.table());
            }
        }
    }

    void release(Table table) {
        if (table.release()) {
            garbage.add(table.vblock());
            changes.incrementAndGet();
            work.raise();
        }
    }

    KvIterator iterator(byte[] fromInclusive, byte[] toExclusive) {
        View present;
        long last;
        mutex.lock();
        try {
            present = acquire();
            last = sequence;
        } finally {
            mutex.unlock();
        }
        return new KvIterator(this, present, last, fromInclusive, toExclusive);
    }

    /**
     * Tries to write an entry.
     *
     * @param value null for a delete
     */
    Attempt tryWrite(byte[] key, byte[] value) {
        long bytes = tableBytes(key, value);
        View old = null;
        boolean logDue;
        mutex.lock();
        try {
            checkOpen();
            Attempt refusal = refusal(value == null);
            if (refusal != null) {
                return refusal;
            }
            Memtable active = view.active();
            boolean full = active.tableBytes() + bytes > sizes.memtableBytes();
            boolean logsPileUp =
                    log.logs() > sizes.maxOldLogs() && view.frozen().isEmpty();
            if (!active.isEmpty() && (full || logsPileUp)) {
                if (view.frozen().size() >= MOST_FROZEN) {
                    return Attempt.BEHIND;
                }
                old = freeze();
            }
            logDue = insert(new Entry(key, value, sequence + 1), bytes);
        } finally {
            mutex.unlock();
        }
        if (old != null) {
            release(old);
            work.raise();
        }
        return logDue ? Attempt.DONE_LOG_DUE : Attempt.DONE;
    }

    /** Under the mutex. */
    private Attempt refusal(boolean delete) {
        int frozen = view.frozen().size();
        if (flushBlocked || space.free() - frozen < (delete ? Space.FOR_DELETE : space.forPut())) {
            return Attempt.NO_ROOM;
        }
        boolean level0Full =
                view.levels().level(0).size() >= LEVEL_0_STOP * sizes.levels().level0();
        boolean logsFull = log.logs() > sizes.maxOldLogs() + LOGS_STOP && frozen > 0;
        return (level0Full && !compactionBlocked) || logsFull ? Attempt.BEHIND : null;
    }

    /** Under the mutex. */
    private boolean insert(Entry entry, long bytes) {
        view.active().add(entry, bytes);
        pending.add(entry);
        pendingBytes += entry.userBytes();
        sequence = entry.sequence();
        changes.incrementAndGet();
        boolean due = pendingBytes >= PENDING_BYTES;
        if (due) {
            pendingBytes = 0;
        }
        return due;
    }

    /** Puts a new memtable in the place of the active one; under the mutex. Returns the old view, to be released. */
    private View freeze() {
        View old = view;
        List<Memtable> frozen = new ArrayList<>(old.frozen());
        frozen.add(old.active());
        view = new View(new Memtable(scheduler), frozen, old.levels());
        return old;
    }

    /** Freezes the active memtable unless it is empty or too many are frozen; whether it did. */
    boolean tryFreeze() {
        View old;
        mutex.lock();
        try {
            if (view.active().isEmpty() || view.frozen().size() >= MOST_FROZEN) {
                return false;
            }
            old = freeze();
        } finally {
            mutex.unlock();
        }
        release(old);
        work.raise();
        return true;
    }

    /**
     * Makes a change of the manifest durable, then visible, and then gives up what it made needless.
     *
     * @param upserted the tables of the edit
     * @param flushed the oldest frozen memtable, when the change puts its tables in its place; else null
     */
    void install(Edit edit, List<PlacedTable> upserted, Memtable flushed) throws IOException {
        log.commit(edit);
        View old;
        mutex.lock();
        try {
            old = view;
            ImmutableList<Memtable> frozen = flushed == null
                    ? old.frozen()
                    : old.frozen().subList(1, old.frozen().size());
            view = new View(old.active(), frozen, old.levels().with(edit.removed(), upserted));
            changes.incrementAndGet();
        } finally {
            mutex.unlock();
        }
        release(old);
        sweep();
        work.raise();
        progress.raise();
    }

    /** Erases what nobody needs any more. */
    void sweep() throws IOException {
        sweeping.incrementAndGet();
        boolean erased = false;
        try {
            erased = eraseGarbage();
            if (erased) {
                space.refresh();
                changes.incrementAndGet();
            }
        } finally {
            sweeping.decrementAndGet();
        }
        if (erased) {
            work.raise();
            progress.raise();
        }
    }

    private boolean eraseGarbage() throws IOException {
        boolean erased = false;
        for (Vblock vblock = garbage.poll(); vblock != null; vblock = garbage.poll()) {
            vblock.erase();
            erased = true;
        }
        for (long id : log.takeDead()) {
            try {
                vblocks.open(id).erase();
                erased = true;
            } catch (NotFoundException e) {
                throw new IllegalStateException("log " + id + " was erased before it was given up", e);
            }
        }
        return erased;
    }

    /** Bytes of keys and values, about, that are in no table yet. */
    long memtableBytes() {
        View present = view;
        long bytes = present.active().tableBytes();
        for (Memtable memtable : present.frozen()) {
            bytes += memtable.tableBytes();
        }
        return bytes;
    }

    private List<Entry> takePending() {
        List<Entry> taken;
        mutex.lock();
        try {
            taken = pending;
            pending = new ArrayList<>();
            pendingBytes = 0;
        } finally {
            mutex.unlock();
        }
        return taken;
    }

    private long tableBytes(byte[] key, byte[] value) {
        return sizes.format().tableBytes(key.length, value == null ? 0 : value.length);
    }
}
