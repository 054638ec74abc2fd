package io.ocssd.lsm;

import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.lsm.compaction.BottomRule;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.entry.Memtable;
import io.ocssd.lsm.log.Recovery;
import io.ocssd.lsm.log.Turn;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A store of keys and values on the vblocks of a target.
 *
 * <p>Keys are ordered by their unsigned bytes. A put or delete is seen by every get at once and is durable after the next
 * {@link #sync}, together with all that came before it: after a crash the store holds what it held after some put or
 * delete that is not older than the last one synced. Thread-safe; called from tasks of its scheduler.
 *
 * <p>A failure of the device, or of a flush or compaction behind the scenes, ends all writing: it is thrown at the next
 * call that writes, syncs or settles. Open the store again to go on from what is durable.
 */
public final class KvStore implements AutoCloseable {
    private final Target target;
    private final StoreState state;
    private final Background background;
    private final Turn startTurn;
    private final KvStats.Recovery recovery;
    private volatile boolean started;

    private KvStore(Target target, StoreState state, KvStats.Recovery recovery, BottomRule bottom) {
        this.target = target;
        this.state = state;
        this.recovery = recovery;
        this.background = new Background(state, bottom);
        this.startTurn = new Turn(state.scheduler);
    }

    /**
     * Opens a store, recovering it from its logs. A store that is not there yet is made by its first write. Nothing is
     * written by opening it, so that opening for reads alone costs no erase and no program; vblocks of other stores and
     * owners are never touched.
     *
     * @param target where it lives; one open store of a name at a time
     * @param scheduler the one that the target was opened with; runs flushes and compactions
     * @throws io.ocssd.error.BusyException when it is open already
     * @throws io.ocssd.error.CorruptException when a log fails its check, or tables are there but no log
     * @throws io.ocssd.error.TooNewException when it was written by a newer version
     * @throws io.ocssd.error.TooOldException when it was written by an older version
     * @throws IllegalArgumentException when the target is too small for a store
     */
    public static KvStore open(Target target, Scheduler scheduler, KvOptions options) throws IOException {
        return open(target, scheduler, options, Levels::coversBelow);
    }

    /** As {@link #open(Target, Scheduler, KvOptions)}; tests plant a wrong rule, to see that they would find it out. */
    static KvStore open(Target target, Scheduler scheduler, KvOptions options, BottomRule bottom) throws IOException {
        long start = scheduler.nanoTime();
        Sizes sizes = Sizes.of(target.vblocks(), options);
        OpenStores.claim(target, options.name());
        try {
            Recovery recovered = Recovery.run(target.vblocks(), sizes.id(), scheduler);
            StoreState state = new StoreState(scheduler, target.vblocks(), sizes, recovered);
            KvStats.Recovery recovery = new KvStats.Recovery(
                    recovered.logsRead(),
                    recovered.recordsRead(),
                    recovered.entries().size(),
                    recovered.orphans().size(),
                    scheduler.nanoTime() - start);
            return new KvStore(target, state, recovery, bottom);
        } catch (IOException | RuntimeException e) {
            OpenStores.release(target, options.name());
            throw e;
        }
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
        Refusals.checkEntry(key, value, state.sizes);
        write(key.clone(), value.clone());
    }

    /**
     * Removes a key, whether it is there or not; durable after the next {@link #sync}. May use space that puts may not.
     *
     * @param key 1 to {@link #maxKeyBytes} bytes; copied
     * @throws io.ocssd.error.NoSpaceException when not even a delete can be taken; nothing was changed
     * @throws IllegalArgumentException when the key is too large; nothing was changed
     */
    public void delete(byte[] key) throws IOException {
        Refusals.checkKey(key, state.sizes);
        write(key.clone(), null);
    }

    /**
     * The value of a key, or null when there is none; the caller's to keep.
     *
     * @throws io.ocssd.error.CorruptException when the table that should hold it fails its check
     */
    public byte[] get(byte[] key) throws IOException {
        checkReadable();
        Refusals.checkKey(key, state.sizes);
        View view = state.acquire();
        try {
            Entry found = view.newest(key);
            return found == null || found.isDelete() ? null : found.value().clone();
        } finally {
            state.release(view);
        }
    }

    /**
     * Goes through a range of keys as they are now.
     *
     * @param fromInclusive first key; null for the very first
     * @param toExclusive where to end; null for no end
     */
    public KvIterator iterator(byte[] fromInclusive, byte[] toExclusive) throws IOException {
        checkReadable();
        return state.iterator(
                fromInclusive == null ? null : fromInclusive.clone(), toExclusive == null ? null : toExclusive.clone());
    }

    /** Makes everything put and deleted so far durable; tasks that sync at the same time share the work. */
    public void sync() throws IOException {
        state.checkOpen();
        state.failure.check();
        state.log.sync(state.sequence());
    }

    /**
     * Writes the memtable to a table and waits until no flush or compaction is due.
     *
     * @throws io.ocssd.error.NoSpaceException when the target is too full to write the memtable
     */
    public void settle() throws IOException {
        state.checkOpen();
        Memtable newest = state.view().active();
        if (newest.isEmpty() && background.isSettled()) {
            return;
        }
        start();
        while (true) {
            long seen = state.progress.version();
            state.checkOpen();
            state.failure.check();
            if (state.view().active() == newest && !newest.isEmpty()) {
                state.tryFreeze();
            }
            boolean frozen = newest.isEmpty() || state.view().active() != newest;
            if (background.isSettled() && frozen) {
                return;
            }
            state.progress.await(seen);
        }
    }

    /** What the store did and holds; not one moment's picture while others write. */
    public KvStats stats() {
        Levels levels = state.view().levels();
        List<KvStats.Level> shown = new ArrayList<>();
        for (int level = 0; level <= levels.deepest(); level++) {
            long bytes = 0;
            long entries = 0;
            long deletes = 0;
            for (PlacedTable table : levels.level(level)) {
                bytes += table.meta().bytes();
                entries += table.meta().entries();
                deletes += table.meta().deletes();
            }
            shown.add(new KvStats.Level(level, levels.level(level).size(), bytes, entries, deletes));
        }
        Counters counters = state.counters;
        return new KvStats(
                shown,
                state.sequence(),
                state.memtableBytes(),
                counters.userBytes.sum(),
                state.log.bytes(),
                counters.flushBytes.sum(),
                counters.compactionBytes.sum(),
                counters.flushes.sum(),
                counters.compactions.sum(),
                counters.stalls.sum(),
                counters.stallNanos.sum(),
                state.log.syncs(),
                state.log.logs(),
                state.space.free(),
                recovery);
    }

    /**
     * Reads every table and log and checks every checksum, the order of keys, the key ranges and counts in the manifest,
     * that the tables of each level below 0 are disjoint, and that newer versions lie above older ones.
     *
     * @throws IOException when the device fails; damage is not thrown but listed
     */
    public KvCheck check() throws IOException {
        checkReadable();
        return new StoreCheck(state).run();
    }

    /** Most bytes that a key and its value may have together. */
    public int maxEntryBytes() {
        return state.sizes.maxEntryBytes();
    }

    /** Most bytes that a key may have. */
    public int maxKeyBytes() {
        return state.sizes.maxKeyBytes();
    }

    /**
     * Syncs, closes the log and stops the background tasks. Idempotent.
     *
     * @throws IOException when what was not synced can't be made durable
     */
    @Override
    public void close() throws IOException {
        if (!state.close()) {
            return;
        }
        try {
            startTurn.take();
            startTurn.end();
            if (started) {
                background.stop();
            }
            boolean unsynced = state.sequence() > state.log.durableSequence();
            state.log.close();
            if (unsynced) {
                state.failure.check();
            }
            if (started && !state.failure.isSet()) {
                state.sweep();
            }
        } finally {
            OpenStores.release(target, state.sizes.id().name());
        }
    }

    private void checkReadable() throws IOException {
        state.checkOpen();
        if (state.failure.isGone()) {
            state.failure.check();
        }
    }

    /** Wakes the compaction task, but only if it does not look already: each of its answers wakes us. */
    private void askForSpace() {
        if (!state.squeezeWanted || state.exhaustedAt >= 0) {
            state.squeezeWanted = true;
            state.exhaustedAt = -1;
            state.work.raise();
        }
    }

    /** A full target is no failure of the put that came by: the entry is in, and a sync will say whether it is durable. */
    private void appendToLog() throws IOException {
        try {
            state.log.append();
        } catch (NoSpaceException | BusyException e) {
            state.squeezeWanted = true;
        }
    }

    /** What the first write brings: what the last owner left is erased, a log opens, and the background tasks begin. */
    private void start() throws IOException {
        if (started) {
            return;
        }
        startTurn.take();
        try {
            state.checkOpen();
            if (!started) {
                state.sweep();
                state.log.open();
                background.start();
                started = true;
            }
        } catch (NoSpaceException | BusyException e) {
            throw e; // nothing was changed, and the next write tries again
        } catch (IOException | RuntimeException e) {
            state.failure.set(e);
            throw e;
        } finally {
            startTurn.end();
        }
    }

    private void write(byte[] key, byte[] value) throws IOException {
        start();
        long waitingSince = -1;
        while (true) {
            long seen = state.progress.version();
            state.failure.check();
            long changes = state.changes.get();
            StoreState.Attempt attempt = state.tryWrite(key, value);
            if (attempt == StoreState.Attempt.DONE || attempt == StoreState.Attempt.DONE_LOG_DUE) {
                state.counters.userBytes.add(key.length + (value == null ? 0L : value.length));
                if (attempt == StoreState.Attempt.DONE_LOG_DUE) {
                    appendToLog();
                }
                break;
            }
            if (attempt == StoreState.Attempt.NO_ROOM) {
                if (state.exhaustedAt == changes) {
                    throw Refusals.noSpace(state);
                }
                askForSpace();
            }
            if (waitingSince < 0) {
                waitingSince = state.scheduler.nanoTime();
                state.counters.stalls.increment();
            }
            state.progress.await(seen);
        }
        if (waitingSince >= 0) {
            state.counters.stallNanos.add(state.scheduler.nanoTime() - waitingSince);
        }
    }
}
