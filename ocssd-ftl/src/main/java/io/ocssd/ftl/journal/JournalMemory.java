package io.ocssd.ftl.journal;

import io.ocssd.scheduler.Mutex;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.LifetimeCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The state of the journal, and which of it is not on flash yet. Thread-safe.
 *
 * <p>Records are numbered in the order in which they come; the state always holds all of them. So a checkpoint made of the
 * state makes everything durable that was recorded before it, and a roll needs, beside its checkpoint, what came since.
 */
final class JournalMemory {
    /**
     * Records that somebody is about to program.
     *
     * @param records all there are
     * @param upTo number of the last one
     */
    record Batch(List<JournalRecord> records, long upTo) {}

    private final Mutex mutex;
    private final JournalState state;
    private List<JournalRecord> pending = new ArrayList<>();
    /** What was recorded since the checkpoint of the roll under way was drawn up; null when there is none. */
    private List<JournalRecord> sinceCheckpoint;

    private long recorded;
    private Supplier<LifetimeCounters> source;

    JournalMemory(Scheduler scheduler, JournalState state) {
        this.mutex = scheduler.newMutex();
        this.state = state;
        this.source = state::counters;
    }

    /** Says where counters come from. */
    void countFrom(Supplier<LifetimeCounters> newSource) {
        mutex.lock();
        try {
            source = newSource;
        } finally {
            mutex.unlock();
        }
    }

    /** Asks the state something. */
    <T> T ask(Function<JournalState, T> question) {
        mutex.lock();
        try {
            return question.apply(state);
        } finally {
            mutex.unlock();
        }
    }

    /** Nothing is left of a vblock. */
    void endErase(long vblockId) {
        mutex.lock();
        try {
            state.erased(vblockId);
        } finally {
            mutex.unlock();
        }
    }

    /** Takes records in; returns the number of the last one. */
    long record(List<JournalRecord> records) {
        mutex.lock();
        try {
            records.forEach(state::apply);
            pending.addAll(records);
            if (sinceCheckpoint != null) {
                sinceCheckpoint.addAll(records);
            }
            recorded += records.size();
            return recorded;
        } finally {
            mutex.unlock();
        }
    }

    /** Takes all records that are not programmed. */
    Batch takePending() {
        mutex.lock();
        try {
            Batch batch = new Batch(pending, recorded);
            pending = new ArrayList<>();
            return batch;
        } finally {
            mutex.unlock();
        }
    }

    /** Gives records back that could not be programmed. */
    void putBack(Batch batch) {
        mutex.lock();
        try {
            batch.records().addAll(pending);
            pending = batch.records();
        } finally {
            mutex.unlock();
        }
    }

    /** Draws up a checkpoint, and begins to collect what is recorded from now on. */
    List<JournalRecord> beginCheckpoint() {
        mutex.lock();
        try {
            sinceCheckpoint = new ArrayList<>();
            return snapshot();
        } finally {
            mutex.unlock();
        }
    }

    /** What was recorded since the checkpoint was drawn up, pending or not; the collecting ends. */
    List<JournalRecord> endCheckpoint() {
        mutex.lock();
        try {
            List<JournalRecord> since = sinceCheckpoint == null ? new ArrayList<>() : sinceCheckpoint;
            sinceCheckpoint = null;
            return since;
        } finally {
            mutex.unlock();
        }
    }

    /** Draws up a checkpoint of everything recorded so far. */
    List<JournalRecord> checkpoint() {
        mutex.lock();
        try {
            return snapshot();
        } finally {
            mutex.unlock();
        }
    }

    /** The present counters, as a record. */
    JournalRecord counted() {
        mutex.lock();
        try {
            JournalRecord.Counted counted = new JournalRecord.Counted(source.get());
            state.apply(counted);
            return counted;
        } finally {
            mutex.unlock();
        }
    }

    private List<JournalRecord> snapshot() {
        state.apply(new JournalRecord.Counted(source.get()));
        return state.snapshot();
    }
}
