package io.ocssd.lsm;

import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.lsm.compaction.BottomRule;
import io.ocssd.lsm.compaction.CompactionHost;
import io.ocssd.lsm.compaction.Compactor;
import io.ocssd.lsm.compaction.Picker;
import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.entry.Memtable;
import io.ocssd.lsm.log.Edit;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.Table;
import io.ocssd.lsm.table.TableWriter;
import io.ocssd.scheduler.Task;
import io.ocssd.scheduler.TaskBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The two tasks behind a store: one writes frozen memtables to tables of level 0, one compacts. Each goes on as long as it
 * finds something to do and then waits for {@link StoreState#work}. A failure ends both and is kept for the callers.
 */
final class Background implements CompactionHost {
    private final StoreState state;
    private final Picker picker;
    private final Compactor compactor;
    private final List<Task> tasks = new ArrayList<>();
    private volatile boolean stopping;

    Background(StoreState state, BottomRule bottom) {
        this.state = state;
        this.picker = new Picker(state.sizes.levels(), state.sizes.tableBytes(), state.sizes.format());
        this.compactor = new Compactor(this, picker, state.sizes.tableBytes(), bottom);
    }

    void start() {
        tasks.add(state.scheduler.spawn("kv-flush", guarded(this::flushLoop)));
        tasks.add(state.scheduler.spawn("kv-compaction", guarded(this::compactionLoop)));
    }

    /** Ends both tasks, at the next table at the latest, and waits for them. */
    void stop() {
        stopping = true;
        state.work.raise();
        for (Task task : tasks) {
            try {
                task.join();
            } catch (Exception e) {
                state.failure.set(e);
            }
        }
    }

    /** Whether nothing is left to flush or compact, or nothing can be for want of space. */
    boolean isSettled() throws NoSpaceException {
        View view = state.view();
        if (!view.frozen().isEmpty()) {
            if (state.flushBlocked && !state.compacting && state.exhaustedAt == state.changes.get()) {
                throw Refusals.noSpace(state);
            }
            return false;
        }
        return !state.compacting && (state.compactionBlocked || !picker.isDue(view.levels()));
    }

    private TaskBody guarded(TaskBody loop) {
        return () -> {
            try {
                loop.run();
            } catch (Exception e) {
                state.failure.set(e);
            } catch (Error e) {
                state.failure.set(new IllegalStateException("a background task ended by an error: " + e, e));
                throw e;
            } finally {
                state.work.raise();
                state.progress.raise();
            }
        };
    }

    private boolean isEnded() {
        return stopping || state.failure.isSet();
    }

    private void flushLoop() throws IOException {
        while (!isEnded()) {
            long seen = state.work.version();
            List<Memtable> frozen = state.view().frozen();
            if (frozen.isEmpty()) {
                state.work.await(seen);
            } else if (!flush(frozen.get(0))) {
                state.flushBlocked = true;
                state.progress.raise();
                if (!state.squeezeWanted) {
                    state.squeezeWanted = true;
                    state.work.raise();
                }
                state.work.await(seen);
                state.flushBlocked = false;
            }
        }
    }

    /** Writes a memtable to tables; false when there is no space. */
    private boolean flush(Memtable memtable) throws IOException {
        List<PlacedTable> written = new ArrayList<>();
        TableWriter output = null;
        try {
            Cursor cursor = memtable.cursor(null, Long.MAX_VALUE);
            byte[] lastKey = null;
            while (cursor.next()) {
                byte[] key = cursor.key();
                if (lastKey != null && Keys.compare(key, lastKey) == 0) {
                    continue;
                }
                lastKey = key;
                if (output != null && !output.fits(key.length, cursor.valueLength())) {
                    TableWriter full = output;
                    output = null;
                    written.add(full.finish(0));
                }
                if (output == null) {
                    output = tryNewTable(Space.FOR_FLUSH);
                }
                if (output == null) {
                    discard(written);
                    return false;
                }
                output.add(cursor);
            }
            TableWriter last = output;
            output = null;
            written.add(last.finish(0));
        } catch (IOException | RuntimeException e) {
            if (output != null) {
                output.abandon(e);
            }
            throw e;
        }
        Edit edit = new Edit(
                memtable.lastSequence(),
                List.of(),
                written.stream().map(PlacedTable::meta).toList());
        try {
            state.install(edit, written, memtable);
        } catch (NoSpaceException | BusyException e) {
            discard(written);
            return false;
        }
        state.counters.flushes.increment();
        written.forEach(table -> state.counters.flushBytes.add(table.meta().bytes()));
        return true;
    }

    private void compactionLoop() throws IOException {
        while (!isEnded()) {
            long seen = state.work.version();
            state.sweep();
            long stamp = state.changes.get();
            View view = state.acquire();
            Compactor.Outcome outcome;
            boolean squeeze = isSqueezed(view);
            state.compacting = true;
            try {
                int room = Math.max(1, state.space.free() - view.frozen().size() - Space.FOR_JOB);
                outcome = compactor.run(view.levels(), room, squeeze);
            } finally {
                state.release(view);
                state.compacting = false;
            }
            if (outcome == Compactor.Outcome.DONE) {
                state.counters.compactions.increment();
                state.progress.raise();
                continue;
            }
            if (outcome == Compactor.Outcome.NOTHING && squeeze && state.tryFreeze()) {
                continue; // deletes and overwrites in the memtable may give space back, and logs can go
            }
            state.compactionBlocked = outcome == Compactor.Outcome.BLOCKED;
            if (squeeze && state.sweeping.get() == 0 && (view.frozen().isEmpty() || state.flushBlocked)) {
                state.exhaustedAt = stamp;
            }
            state.progress.raise();
            if (!stopping) {
                state.work.await(seen);
            }
            state.compactionBlocked = false;
        }
    }

    private boolean isSqueezed(View view) {
        if (state.squeezeWanted && state.space.free() - view.frozen().size() >= state.space.forPut()) {
            state.squeezeWanted = false;
        }
        return state.squeezeWanted;
    }

    @Override
    public TableWriter tryNewTable() throws IOException {
        return tryNewTable(Space.FOR_COMPACTION);
    }

    private TableWriter tryNewTable(int leastFree) throws IOException {
        if (state.space.free() < leastFree) {
            state.space.refresh();
        }
        if (state.space.free() < leastFree) {
            return null;
        }
        try {
            return new TableWriter(state.vblocks, state.sizes.format(), state.scheduler);
        } catch (NoSpaceException | BusyException e) {
            return null;
        } finally {
            state.space.refresh();
        }
    }

    @Override
    public void commit(Edit edit, List<PlacedTable> upserted) throws IOException {
        state.install(edit, upserted, null);
    }

    @Override
    public void wrote(PlacedTable table) {
        state.counters.compactionBytes.add(table.meta().bytes());
    }

    @Override
    public void release(Table table) {
        state.release(table);
    }

    @Override
    public void discard(PlacedTable table) throws IOException {
        discard(List.of(table));
    }

    private void discard(List<PlacedTable> tables) throws IOException {
        for (PlacedTable table : tables) {
            table.table().vblock().erase();
        }
        state.space.refresh();
    }

    @Override
    public boolean isStopping() {
        return isEnded();
    }
}
