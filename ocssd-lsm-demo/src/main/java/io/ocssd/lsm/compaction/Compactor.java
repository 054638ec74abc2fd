package io.ocssd.lsm.compaction;

import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.entry.MergeCursor;
import io.ocssd.lsm.log.Edit;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.PlacedTable;
import io.ocssd.lsm.table.Table;
import io.ocssd.lsm.table.TableMeta;
import io.ocssd.lsm.table.TableWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Chooses and does compactions. Belongs to one task, which alone changes levels below 0.
 *
 * <p>At every output the invariant of the levels holds: all keys before the next one are in the output or were dropped
 * for good, and the inputs begin with the next one.
 */
public final class Compactor {
    private static final int AHEAD_BYTES = 256 << 10;

    private final CompactionHost host;
    private final Picker picker;
    private final long tableBytes;
    private final BottomRule bottom;
    private int outputs;

    /**
     * Makes a compactor.
     *
     * @param tableBytes bytes of a full table
     * @param bottom which deletes must be kept
     */
    public Compactor(CompactionHost host, Picker picker, long tableBytes, BottomRule bottom) {
        this.host = host;
        this.picker = picker;
        this.tableBytes = tableBytes;
        this.bottom = bottom;
    }

    /** How a run ended. */
    public enum Outcome {
        /** There was nothing to do. */
        NOTHING,
        /** A job was done. */
        DONE,
        /** A job ended early, since there was no space or the store is being closed. */
        BLOCKED
    }

    /**
     * Does one job.
     *
     * @param levels the store's
     * @param room most tables of level 0 to take at once
     * @param squeeze whether to look for space when nothing is due
     */
    public Outcome run(Levels levels, int room, boolean squeeze) throws IOException {
        Job job = picker.due(levels, room);
        if (job == null && squeeze) {
            job = picker.squeeze(levels);
        }
        if (job == null) {
            return Outcome.NOTHING;
        }
        if (movesAsItIs(job, levels)) {
            PlacedTable table = job.upper().get(0);
            PlacedTable moved = new PlacedTable(table.meta().atLevel(job.toLevel()), table.table());
            try {
                host.commit(new Edit(0, List.of(), List.of(moved.meta())), List.of(moved));
            } catch (NoSpaceException | BusyException e) {
                return Outcome.BLOCKED;
            }
            return Outcome.DONE;
        }
        List<PlacedTable> inputs = new ArrayList<>(job.inputs());
        inputs.forEach(input -> input.table().retain());
        outputs = 0;
        try {
            Outcome outcome = merge(job, levels, inputs);
            picker.done(job, outputs);
            return outcome;
        } finally {
            inputs.forEach(input -> host.release(input.table()));
        }
    }

    /** A full table that meets nothing below only changes its level; not where its deletes could be dropped. */
    private boolean movesAsItIs(Job job, Levels levels) {
        if (job.upper().size() != 1 || !job.lower().isEmpty() || job.fromLevel() == job.toLevel()) {
            return false;
        }
        TableMeta meta = job.upper().get(0).meta();
        boolean lowest = levels.deepest() <= job.toLevel();
        return !meta.isTrimmed() && meta.bytes() >= tableBytes / 2 && !(lowest && meta.deletes() > 0);
    }

    private Outcome merge(Job job, Levels levels, List<PlacedTable> inputs) throws IOException {
        MergeCursor merged = new MergeCursor(job.cursors(AHEAD_BYTES));
        TableWriter output = null;
        byte[] lastKey = null;
        try {
            while (merged.next()) {
                byte[] key = merged.key();
                if (lastKey != null && Keys.compare(key, lastKey) == 0) {
                    continue; // an older version of the key before
                }
                lastKey = key;
                if (merged.isDelete() && !bottom.isNeeded(levels, job.toLevel(), key)) {
                    continue; // nothing is left for it to hide
                }
                if (output != null && (!output.fits(key.length, merged.valueLength()) || host.isStopping())) {
                    TableWriter full = output;
                    output = null;
                    if (!commit(job, full, key, inputs) || host.isStopping()) {
                        return Outcome.BLOCKED;
                    }
                }
                if (output == null) {
                    output = host.tryNewTable();
                    if (output == null) {
                        return Outcome.BLOCKED;
                    }
                }
                output.add(merged);
            }
            TableWriter last = output;
            output = null;
            return commit(job, last, null, inputs) ? Outcome.DONE : Outcome.BLOCKED;
        } catch (IOException | RuntimeException e) {
            if (output != null) {
                output.abandon(e);
            }
            throw e;
        }
    }

    /**
     * Puts an output in the place of all that comes before {@code nextKey} in the inputs.
     *
     * @param output null when nothing is left of the inputs
     * @param nextKey null at the end
     * @param inputs those that are not used up yet; loses those that are
     * @return false when there was no room in the log; nothing was changed then
     */
    private boolean commit(Job job, TableWriter output, byte[] nextKey, List<PlacedTable> inputs) throws IOException {
        List<PlacedTable> upserted = new ArrayList<>();
        List<Long> removed = new ArrayList<>();
        List<PlacedTable> left = new ArrayList<>();
        List<Table> usedUp = new ArrayList<>();
        PlacedTable written = output == null ? null : output.finish(job.toLevel());
        if (written != null) {
            host.wrote(written);
            outputs++;
            upserted.add(written);
        }
        for (PlacedTable input : inputs) {
            TableMeta meta = input.meta();
            if (nextKey == null || Keys.compare(meta.largest(), nextKey) < 0) {
                removed.add(meta.id());
                usedUp.add(input.table());
            } else if (Keys.compare(meta.smallest(), nextKey) < 0) {
                PlacedTable trimmed = new PlacedTable(meta.trimmedTo(nextKey), input.table());
                upserted.add(trimmed);
                left.add(trimmed);
            } else {
                left.add(input);
            }
        }
        Edit edit =
                new Edit(0, removed, upserted.stream().map(PlacedTable::meta).toList());
        try {
            host.commit(edit, upserted);
        } catch (NoSpaceException | BusyException e) {
            if (written != null) {
                host.discard(written);
            }
            return false;
        }
        inputs.clear();
        inputs.addAll(left);
        usedUp.forEach(host::release);
        return true;
    }
}
