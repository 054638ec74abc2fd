package io.ocssd.lsm.log;

import io.ocssd.lsm.entry.Entry;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.zip.CRC32C;

/** Builds records in one buffer that is used again and again. Belongs to whoever may write the log. */
final class RecordWriter {
    private static final int FIRST_BYTES = 64 << 10;

    private final Scheduler scheduler;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer buffer = allocate(FIRST_BYTES);

    RecordWriter(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Bytes of a record with a batch of one such entry. */
    static int batchBytes(int keyBytes, int valueBytes) {
        return RecordLayout.HEADER_BYTES
                + BatchLayout.HEADER_BYTES
                + BatchLayout.ENTRY_HEADER_BYTES
                + keyBytes
                + valueBytes;
    }

    ByteBuffer snapshot(long vblockId, StoreId store, Manifest manifest, List<LogInfo> logs) {
        begin(ManifestCodec.snapshotBytes(store, manifest, logs.size()));
        ManifestCodec.writeSnapshot(buffer, store, manifest, logs);
        return end(vblockId, RecordLayout.SNAPSHOT);
    }

    ByteBuffer edit(long vblockId, Edit edit) {
        begin(ManifestCodec.editBytes(edit));
        ManifestCodec.writeEdit(buffer, edit);
        return end(vblockId, RecordLayout.EDIT);
    }

    /** A record of entries with consecutive sequences. */
    ByteBuffer batch(long vblockId, List<Entry> entries) {
        int bytes = BatchLayout.HEADER_BYTES;
        for (Entry entry : entries) {
            bytes += BatchLayout.ENTRY_HEADER_BYTES + entry.userBytes();
        }
        begin(bytes);
        buffer.putLong(entries.get(0).sequence()).putInt(entries.size());
        for (Entry entry : entries) {
            buffer.putShort((short) entry.key().length);
            buffer.putInt(entry.isDelete() ? BatchLayout.DELETE : entry.value().length);
            buffer.put(entry.key());
            if (!entry.isDelete()) {
                buffer.put(entry.value());
            }
        }
        scheduler.charge(HostCost.COPY_KIB, (bytes + 1023) >> 10);
        return end(vblockId, RecordLayout.BATCH);
    }

    private void begin(int bodyBytes) {
        int bytes = RecordLayout.HEADER_BYTES + bodyBytes;
        if (buffer.capacity() < bytes) {
            buffer = allocate(Math.max(bytes, 2 * buffer.capacity()));
        }
        buffer.clear().position(RecordLayout.HEADER_BYTES);
    }

    private ByteBuffer end(long vblockId, int kind) {
        buffer.flip();
        buffer.putInt(RecordLayout.LENGTH, buffer.limit() - RecordLayout.HEADER_BYTES);
        buffer.putLong(RecordLayout.VBLOCK_ID, vblockId);
        buffer.put(RecordLayout.KIND, (byte) kind);
        buffer.put(RecordLayout.VERSION, (byte) RecordLayout.CURRENT_VERSION);
        buffer.putShort(RecordLayout.ZERO, (short) 0);
        crc.reset();
        crc.update(buffer.position(RecordLayout.VBLOCK_ID));
        scheduler.charge(HostCost.CHECKSUM_KIB, (buffer.limit() + 1023) >> 10);
        buffer.putInt(RecordLayout.CRC, (int) crc.getValue());
        return buffer.position(0);
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
