package io.ocssd.lsm.log;

import com.google.common.collect.ImmutableList;
import io.ocssd.error.CorruptException;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.lsm.table.TableMeta;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds out what a store consists of from its vblocks alone; writes nothing.
 *
 * <p>The newest log has the manifest. What is in it and in the older logs it names, with a sequence above the flushed one,
 * is what the memtables held: consecutive sequences without a gap, or else something is missing and recovery refuses.
 */
public final class Recovery {
    private static final String HINT = "restore the store from a copy";

    private final Scheduler scheduler;
    private final StoreId store;
    private final TreeMap<Long, Vblock> logVblocks = new TreeMap<>();
    private final TreeMap<Long, Vblock> tableVblocks = new TreeMap<>();
    private final List<Vblock> orphans = new ArrayList<>();
    private final List<LogInfo> logs = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, Vblock> tables = new TreeMap<>();
    private Manifest manifest = new Manifest();
    private long lastSequence;
    private int logsRead;
    private long recordsRead;

    private Recovery(StoreId store, Scheduler scheduler) {
        this.store = store;
        this.scheduler = scheduler;
    }

    /**
     * Recovers a store.
     *
     * @throws CorruptException when something that the manifest names is missing or damaged, or tables are there but no
     *     manifest
     */
    public static Recovery run(Vblocks vblocks, StoreId store, Scheduler scheduler) throws IOException {
        Recovery recovery = new Recovery(store, scheduler);
        recovery.sortVblocks(vblocks);
        recovery.readLogs();
        recovery.findTables();
        return recovery;
    }

    /** The manifest. */
    public Manifest manifest() {
        return manifest;
    }

    /** Logs that are still needed, oldest first. */
    public List<LogInfo> logs() {
        return ImmutableList.copyOf(logs);
    }

    /** What is not in a table yet, in the order of sequences. */
    public List<Entry> entries() {
        return ImmutableList.copyOf(entries);
    }

    /** Vblocks of the manifest's tables, by id. */
    public Map<Long, Vblock> tables() {
        return tables;
    }

    /** Vblocks of the store that nothing refers to. */
    public List<Vblock> orphans() {
        return ImmutableList.copyOf(orphans);
    }

    /** Sequence of the newest entry. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Logs that were read. */
    public int logsRead() {
        return logsRead;
    }

    /** Records that were read. */
    public long recordsRead() {
        return recordsRead;
    }

    /**
     * Reads a log of an open store and checks all that can be checked of it alone.
     *
     * @return records read
     * @throws CorruptException when it is damaged
     */
    public static long checkLog(Vblock log, long endOffset, Scheduler scheduler) throws IOException {
        LogReader reader = new LogReader(log, endOffset, scheduler);
        long next = 0;
        while (reader.next()) {
            switch (reader.kind()) {
                case RecordLayout.SNAPSHOT -> reader.snapshot();
                case RecordLayout.EDIT -> reader.edit();
                default -> {
                    for (Entry entry : reader.batch()) {
                        if (next != 0 && entry.sequence() != next) {
                            throw reader.damaged("goes from sequence " + (next - 1) + " to " + entry.sequence());
                        }
                        next = entry.sequence() + 1;
                    }
                }
            }
        }
        return reader.records();
    }

    private void sortVblocks(Vblocks vblocks) {
        for (Vblock vblock : vblocks.list()) {
            if (vblock.tag() == store.logTag()) {
                // A log that was never synced has no manifest, and nothing was written behind it.
                if (vblock.length() == 0) {
                    orphans.add(vblock);
                } else {
                    logVblocks.put(vblock.id(), vblock);
                }
            } else if (vblock.tag() == store.tableTag()) {
                tableVblocks.put(vblock.id(), vblock);
            }
        }
    }

    private void readLogs() throws IOException {
        if (logVblocks.isEmpty()) {
            if (!tableVblocks.isEmpty()) {
                throw new CorruptException(
                        "store \"" + store.name() + "\" has " + tableVblocks.size()
                                + " tables but no log that says which of them count",
                        HINT);
            }
            return;
        }
        Vblock newest = logVblocks.lastEntry().getValue();
        List<Entry> ofNewest = new ArrayList<>();
        List<LogInfo> named = readNewest(newest, ofNewest);
        lastSequence = manifest.flushedSequence();
        for (LogInfo log : named) {
            if (log.lastSequence() > manifest.flushedSequence()) {
                readOld(log);
                logs.add(log);
            }
        }
        take(newest.id(), ofNewest);
        logs.add(new LogInfo(newest.id(), ofNewest.isEmpty() ? 0 : lastSequence));
        for (Vblock vblock : logVblocks.values()) {
            if (logs.stream().noneMatch(log -> log.id() == vblock.id())) {
                orphans.add(vblock);
            }
        }
    }

    /** Reads manifest and entries of the newest log; returns the older logs that it names. */
    private List<LogInfo> readNewest(Vblock newest, List<Entry> ofNewest) throws IOException {
        LogReader reader = open(newest);
        List<LogInfo> named = null;
        while (reader.next()) {
            switch (reader.kind()) {
                case RecordLayout.SNAPSHOT -> {
                    ManifestCodec.Snapshot snapshot = reader.snapshot();
                    if (named != null || snapshot.owner() != store.owner()) {
                        throw reader.damaged("has a manifest where none belongs");
                    }
                    if (!snapshot.name().equals(store.name())) {
                        throw new CorruptException(
                                "log " + newest.id() + " belongs to store \"" + snapshot.name()
                                        + "\", whose name has the same hash as \"" + store.name() + "\"",
                                "choose another name");
                    }
                    named = snapshot.logs();
                    manifest = snapshot.manifest();
                }
                case RecordLayout.EDIT -> manifest.apply(reader.edit());
                case RecordLayout.BATCH -> ofNewest.addAll(reader.batch());
                default -> throw reader.damaged("has a record of unknown kind " + reader.kind());
            }
            if (named == null) {
                throw reader.damaged("does not begin with a manifest");
            }
        }
        recordsRead += reader.records();
        return named;
    }

    private void readOld(LogInfo log) throws IOException {
        Vblock vblock = logVblocks.get(log.id());
        if (vblock == null) {
            throw new CorruptException("log " + log.id() + " is missing, the manifest needs it", HINT);
        }
        LogReader reader = open(vblock);
        while (reader.next()) {
            if (reader.kind() == RecordLayout.BATCH) {
                take(log.id(), reader.batch());
            }
        }
        recordsRead += reader.records();
        if (lastSequence != log.lastSequence()) {
            throw new CorruptException(
                    "log " + log.id() + " ends with sequence " + lastSequence + ", the manifest says "
                            + log.lastSequence(),
                    HINT);
        }
    }

    private void take(long logId, List<Entry> batch) throws IOException {
        for (Entry entry : batch) {
            if (entry.sequence() <= lastSequence) {
                continue;
            }
            if (entry.sequence() != lastSequence + 1) {
                throw new CorruptException(
                        "log " + logId + " goes on with sequence " + entry.sequence() + ", sequence "
                                + (lastSequence + 1) + " is missing",
                        HINT);
            }
            lastSequence = entry.sequence();
            entries.add(entry);
        }
    }

    private LogReader open(Vblock vblock) {
        logsRead++;
        return new LogReader(vblock, vblock.length(), scheduler);
    }

    private void findTables() throws IOException {
        for (TableMeta meta : manifest.tables()) {
            Vblock vblock = tableVblocks.remove(meta.id());
            if (vblock == null) {
                throw new CorruptException(meta + " is missing", HINT);
            }
            if (vblock.length() != meta.bytes()) {
                throw new CorruptException(
                        meta + " has " + vblock.length() + " bytes, the manifest says " + meta.bytes(), HINT);
            }
            tables.put(meta.id(), vblock);
        }
        orphans.addAll(tableVblocks.values());
    }
}
