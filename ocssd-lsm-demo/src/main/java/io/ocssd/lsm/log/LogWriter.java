package io.ocssd.lsm.log;

import com.google.common.collect.ImmutableList;
import io.ocssd.error.BusyException;
import io.ocssd.error.NoSpaceException;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the log of a store. Thread-safe: one task at a time has the turn, and what it writes and syncs is everybody's
 * who came before it (group commit).
 *
 * <p>The order that recovery relies on: an old log is closed before its successor opens; a log's first record, the whole
 * manifest, is durable before anything else is written to it; a log is given up only after the record that makes it
 * needless is durable. Nothing is allocated before the first record.
 */
public final class LogWriter {
    private static final int BATCH_BYTES = 64 << 10;

    private final Vblocks vblocks;
    private final StoreId store;
    private final int width;
    private final PendingEntries pending;
    private final Failure failure;
    private final Runnable opened;
    private final Turn turn;
    private final RecordWriter records;
    private final Manifest manifest;
    /** Taken from {@link #pending}, not yet appended. */
    private final ArrayDeque<Entry> backlog = new ArrayDeque<>();

    private final List<LogInfo> oldLogs;
    private final List<Long> deadLogs = new ArrayList<>();
    private VblockWriter writer;
    /** Greatest sequence in the log that is written to, 0 when it has none. */
    private long lastInLog;

    private int readers;
    private long appendedSequence;
    private long syncedBytes;
    private volatile long durableSequence;
    private volatile int logs;
    private volatile long bytes;
    private volatile long syncs;

    /**
     * A log that goes on where recovery ended.
     *
     * @param recovered manifest, logs that are still needed and the last sequence
     * @param pending gives the entries, their sequences consecutive
     * @param failure gets the failure after which nothing more can be written
     * @param opened is called when a log was allocated
     */
    public LogWriter(
            Vblocks vblocks,
            StoreId store,
            int width,
            Scheduler scheduler,
            Recovery recovered,
            PendingEntries pending,
            Failure failure,
            Runnable opened) {
        this.vblocks = vblocks;
        this.store = store;
        this.width = width;
        this.pending = pending;
        this.failure = failure;
        this.opened = opened;
        this.turn = new Turn(scheduler);
        this.records = new RecordWriter(scheduler);
        this.manifest = recovered.manifest();
        this.oldLogs = new ArrayList<>(recovered.logs());
        this.logs = oldLogs.size();
        this.appendedSequence = recovered.lastSequence();
        this.durableSequence = recovered.lastSequence();
    }

    /** Bytes of log that an entry takes at most. */
    public static int entryBytes(int keyBytes, int valueBytes) {
        return RecordWriter.batchBytes(keyBytes, valueBytes);
    }

    /**
     * Opens a log unless one is open: before the first table of a store is written there must be one, since tables without
     * a log are refused.
     *
     * @throws NoSpaceException when there is no room for it; nothing was changed
     */
    public void open() throws IOException {
        turn.take();
        try {
            if (writer == null) {
                openWriter();
            }
        } catch (IOException | RuntimeException e) {
            broken(e);
            throw e;
        } finally {
            turn.end();
        }
    }

    /** Appends what is pending, without making it durable. */
    public void append() throws IOException {
        turn.take();
        try {
            drain();
        } catch (IOException | RuntimeException e) {
            broken(e);
            throw e;
        } finally {
            turn.end();
        }
    }

    /** Returns when all entries up to a sequence that was pending are durable. */
    public void sync(long sequence) throws IOException {
        while (durableSequence < sequence) {
            failure.check();
            long seen = turn.version();
            if (!turn.tryTake()) {
                turn.awaitEnd(seen);
                continue;
            }
            try {
                if (durableSequence < sequence) {
                    drain();
                    syncWriter();
                }
            } catch (IOException | RuntimeException e) {
                broken(e);
                throw e;
            } finally {
                turn.end();
            }
        }
    }

    /**
     * Changes the manifest, durably; what was pending is durable then too.
     *
     * @throws NoSpaceException when there is no room for a log; the edit was not written then
     */
    public void commit(Edit edit) throws IOException {
        turn.take();
        try {
            failure.check();
            drain();
            makeRoom(RecordLayout.HEADER_BYTES + ManifestCodec.editBytes(edit));
            append(records.edit(writer.vblock().id(), edit));
            syncWriter();
            manifest.apply(edit);
            giveUpLogs();
        } catch (IOException | RuntimeException e) {
            broken(e);
            throw e;
        } finally {
            turn.end();
        }
    }

    /** Logs that are not needed any more and may be erased; each is given out once. None while someone reads logs. */
    public List<Long> takeDead() {
        turn.take();
        try {
            List<Long> dead = readers > 0 ? ImmutableList.of() : ImmutableList.copyOf(deadLogs);
            deadLogs.removeAll(dead);
            return dead;
        } finally {
            turn.end();
        }
    }

    /** A log, as far as it can be read. */
    public record LogExtent(long id, long endOffset) {}

    /** The logs that are needed, oldest first; none is given up before {@link #endReading}. */
    public List<LogExtent> beginReading() throws IOException {
        turn.take();
        try {
            List<LogExtent> all = new ArrayList<>();
            for (LogInfo log : oldLogs) {
                all.add(new LogExtent(log.id(), vblocks.open(log.id()).length()));
            }
            if (writer != null) {
                all.add(new LogExtent(writer.vblock().id(), syncedBytes));
            }
            readers++;
            return all;
        } finally {
            turn.end();
        }
    }

    /** What {@link #beginReading} gave is not read any more. */
    public void endReading() {
        turn.take();
        readers--;
        turn.end();
    }

    /** Appends what is pending and closes the log; after a failure it just lets go. */
    public void close() throws IOException {
        turn.take();
        try {
            if (failure.isSet()) {
                if (writer != null) {
                    writer.close();
                }
                return;
            }
            drain();
            if (writer != null) {
                sealWriter();
            }
        } catch (IOException | RuntimeException e) {
            broken(e);
            throw e;
        } finally {
            turn.end();
        }
    }

    /** Logs that are needed, the one that is written to included. */
    public int logs() {
        return logs;
    }

    /** Bytes appended. */
    public long bytes() {
        return bytes;
    }

    /** Syncs done. */
    public long syncs() {
        return syncs;
    }

    /** All entries up to it are durable. */
    public long durableSequence() {
        return durableSequence;
    }

    private void drain() throws IOException {
        failure.check();
        backlog.addAll(pending.take());
        List<Entry> batch = new ArrayList<>();
        while (!backlog.isEmpty()) {
            batch.clear();
            int batchBytes = 0;
            for (Entry entry : backlog) {
                int entryBytes = BatchLayout.ENTRY_HEADER_BYTES + entry.userBytes();
                if (batchBytes > 0 && batchBytes + entryBytes > BATCH_BYTES) {
                    break;
                }
                batch.add(entry);
                batchBytes += entryBytes;
            }
            batch = fitting(batch, batchBytes);
            append(records.batch(writer.vblock().id(), batch));
            for (int i = 0; i < batch.size(); i++) {
                appendedSequence = backlog.remove().sequence();
            }
            lastInLog = appendedSequence;
        }
    }

    /** Makes room for a batch, or for as much of it as the log can still take. */
    private List<Entry> fitting(List<Entry> batch, int batchBytes) throws IOException {
        long room = writer == null ? 0 : writer.remaining(true);
        long left = room - RecordLayout.HEADER_BYTES - BatchLayout.HEADER_BYTES;
        if (batchBytes <= left) {
            return batch;
        }
        int count = 0;
        for (Entry entry : batch) {
            left -= BatchLayout.ENTRY_HEADER_BYTES + entry.userBytes();
            if (left < 0) {
                break;
            }
            count++;
        }
        if (count > 0) {
            return new ArrayList<>(batch.subList(0, count));
        }
        Entry first = batch.get(0);
        makeRoom(RecordWriter.batchBytes(first.key().length, first.userBytes() - first.key().length));
        return new ArrayList<>(batch.subList(0, 1));
    }

    private void makeRoom(int recordBytes) throws IOException {
        if (writer != null && writer.remaining(true) >= recordBytes) {
            return;
        }
        if (writer != null) {
            sealWriter();
        }
        openWriter();
        if (writer.remaining(true) < recordBytes) {
            throw new IllegalStateException(
                    "recordBytes=" + recordBytes + ", remaining=" + writer.remaining(true) + " in a new log");
        }
    }

    private void append(ByteBuffer record) throws IOException {
        int length = record.remaining();
        writer.append(record);
        countBytes(length);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the task that has the turn
    private void syncWriter() throws IOException {
        writer.sync();
        syncs++;
        syncedBytes = writer.vblock().length();
        durableSequence = appendedSequence;
    }

    private void sealWriter() throws IOException {
        VblockWriter sealed = writer;
        sealed.seal();
        writer = null;
        durableSequence = appendedSequence;
        oldLogs.add(new LogInfo(sealed.vblock().id(), lastInLog));
    }

    private void openWriter() throws IOException {
        VblockWriter next = vblocks.allocate(new VblockRequest(Stream.LOG, width, store.logTag()));
        try {
            List<LogInfo> needed = new ArrayList<>(oldLogs);
            needed.removeIf(log -> log.lastSequence() <= manifest.flushedSequence());
            ByteBuffer snapshot = records.snapshot(next.vblock().id(), store, manifest, needed);
            countBytes(snapshot.remaining());
            next.append(snapshot);
            next.sync();
        } catch (IOException | RuntimeException e) {
            next.close();
            throw e;
        }
        writer = next;
        lastInLog = 0;
        syncedBytes = next.vblock().length();
        giveUpLogs();
        opened.run();
    }

    private void giveUpLogs() {
        for (LogInfo log : oldLogs) {
            if (log.lastSequence() <= manifest.flushedSequence()) {
                deadLogs.add(log.id());
            }
        }
        oldLogs.removeIf(log -> log.lastSequence() <= manifest.flushedSequence());
        logs = oldLogs.size() + 1;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // by the task that has the turn
    private void countBytes(int length) {
        bytes += length;
    }

    /** A failure of the log ends all writing, but a full target does not, nor one that has too much open. */
    private void broken(Exception thrown) {
        if (!(thrown instanceof NoSpaceException || thrown instanceof BusyException)) {
            failure.set(thrown);
        }
    }
}
