package io.ocssd.lsm.log;

import io.ocssd.lsm.entry.Keys;
import io.ocssd.lsm.table.Levels;
import io.ocssd.lsm.table.TableMeta;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes and reads the bodies of snapshots and edits. Buffers are little endian. */
final class ManifestCodec {
    private ManifestCodec() {}

    /** A snapshot as it was read; the name is checked by who reads it. */
    record Snapshot(long owner, String name, List<LogInfo> logs, Manifest manifest) {}

    static int snapshotBytes(StoreId store, Manifest manifest, int logs) {
        int bytes = SnapshotLayout.HEADER_BYTES + nameOf(store).length + logs * SnapshotLayout.LOG_BYTES;
        for (TableMeta table : manifest.tables()) {
            bytes += metaBytes(table);
        }
        return bytes;
    }

    static void writeSnapshot(ByteBuffer out, StoreId store, Manifest manifest, List<LogInfo> logs) {
        byte[] name = nameOf(store);
        out.putLong(SnapshotLayout.MAGIC).putLong(store.owner()).putLong(manifest.flushedSequence());
        out.putInt(logs.size()).putInt(manifest.tables().size());
        out.putShort((short) name.length).put(name);
        for (LogInfo log : logs) {
            out.putLong(log.id()).putLong(log.lastSequence());
        }
        manifest.tables().forEach(table -> writeMeta(out, table));
    }

    /** Null when the bytes make no sense. */
    static Snapshot readSnapshot(ByteBuffer in) {
        try {
            if (in.getLong() != SnapshotLayout.MAGIC) {
                return null;
            }
            long owner = in.getLong();
            long flushedSequence = in.getLong();
            int logCount = in.getInt();
            int tableCount = in.getInt();
            byte[] name = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(name);
            List<LogInfo> logs = new ArrayList<>();
            for (int i = 0; i < logCount; i++) {
                logs.add(new LogInfo(in.getLong(), in.getLong()));
            }
            List<TableMeta> tables = readMetas(in, tableCount);
            return tables == null || in.hasRemaining()
                    ? null
                    : new Snapshot(
                            owner,
                            new String(name, StandardCharsets.UTF_8),
                            logs,
                            new Manifest(flushedSequence, tables));
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    static int editBytes(Edit edit) {
        int bytes = EditLayout.HEADER_BYTES + edit.removed().size() * Long.BYTES;
        for (TableMeta table : edit.upserted()) {
            bytes += metaBytes(table);
        }
        return bytes;
    }

    static void writeEdit(ByteBuffer out, Edit edit) {
        out.putLong(edit.flushedSequence());
        out.putInt(edit.removed().size()).putInt(edit.upserted().size());
        edit.removed().forEach(out::putLong);
        edit.upserted().forEach(table -> writeMeta(out, table));
    }

    /** Null when the bytes make no sense. */
    static Edit readEdit(ByteBuffer in) {
        try {
            long flushedSequence = in.getLong();
            int removedCount = in.getInt();
            int upsertedCount = in.getInt();
            List<Long> removed = new ArrayList<>();
            for (int i = 0; i < removedCount; i++) {
                removed.add(in.getLong());
            }
            List<TableMeta> upserted = readMetas(in, upsertedCount);
            return upserted == null || in.hasRemaining() ? null : new Edit(flushedSequence, removed, upserted);
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private static int metaBytes(TableMeta table) {
        return TableMetaLayout.HEADER_BYTES + table.smallest().length + table.largest().length;
    }

    private static void writeMeta(ByteBuffer out, TableMeta table) {
        out.putLong(table.id()).putLong(table.bytes());
        out.putLong(table.entries()).putLong(table.deletes());
        out.putLong(table.firstSequence()).putLong(table.lastSequence());
        out.put((byte) table.level()).put((byte) (table.isTrimmed() ? TableMetaLayout.TRIMMED : 0));
        out.putShort((short) table.smallest().length).putShort((short) table.largest().length);
        out.put(table.smallest()).put(table.largest());
    }

    private static List<TableMeta> readMetas(ByteBuffer in, int count) {
        List<TableMeta> tables = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long id = in.getLong();
            long bytes = in.getLong();
            long entries = in.getLong();
            long deletes = in.getLong();
            long firstSequence = in.getLong();
            long lastSequence = in.getLong();
            int level = in.get();
            boolean trimmed = (in.get() & TableMetaLayout.TRIMMED) != 0;
            byte[] smallest = new byte[Short.toUnsignedInt(in.getShort())];
            byte[] largest = new byte[Short.toUnsignedInt(in.getShort())];
            in.get(smallest).get(largest);
            if (level < 0 || level >= Levels.COUNT || Keys.compare(smallest, largest) > 0) {
                return null;
            }
            tables.add(new TableMeta(
                    id, level, bytes, entries, deletes, firstSequence, lastSequence, trimmed, smallest, largest));
        }
        return tables;
    }

    private static byte[] nameOf(StoreId store) {
        return store.name().getBytes(StandardCharsets.UTF_8);
    }
}
