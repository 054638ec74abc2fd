package io.ocssd.lsm.log;

import io.ocssd.error.CorruptException;
import io.ocssd.error.TooNewException;
import io.ocssd.error.TooOldException;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Goes through the records of one log. Belongs to one task. */
final class LogReader {
    private static final int CHUNK_BYTES = 256 << 10;

    private final Vblock vblock;
    private final Scheduler scheduler;
    private final long endOffset;
    private final CRC32C crc = new CRC32C();
    private ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    /** Where in the log the chunk ends. */
    private long chunkEnd;
    /** Where in the log the present record begins. */
    private long offset;

    private int kind;
    private ByteBuffer body;
    private long records;

    /** Reads up to {@code endOffset}, which is the end of a record. */
    LogReader(Vblock vblock, long endOffset, Scheduler scheduler) {
        this.vblock = vblock;
        this.endOffset = endOffset;
        this.scheduler = scheduler;
        chunk.limit(0);
    }

    /**
     * Goes on to the next record; false at the end.
     *
     * @throws CorruptException when it fails its check: a log ends with a sync, and a sync with a whole record
     */
    boolean next() throws IOException {
        long left = endOffset - (chunkEnd - chunk.remaining());
        if (left == 0) {
            return false;
        }
        offset = endOffset - left;
        if (left < RecordLayout.HEADER_BYTES) {
            throw damaged("ends in the middle of a record");
        }
        fill(RecordLayout.HEADER_BYTES);
        int start = chunk.position();
        int length = chunk.getInt(start + RecordLayout.LENGTH);
        if (length < 0 || length > left - RecordLayout.HEADER_BYTES) {
            throw damaged("ends in the middle of a record");
        }
        fill(RecordLayout.HEADER_BYTES + length);
        start = chunk.position();
        crc.reset();
        crc.update(chunk.slice(
                start + RecordLayout.VBLOCK_ID, RecordLayout.HEADER_BYTES - RecordLayout.VBLOCK_ID + length));
        scheduler.charge(HostCost.CHECKSUM_KIB, (length + 1023) >> 10);
        if ((int) crc.getValue() != chunk.getInt(start + RecordLayout.CRC)) {
            throw damaged("has a record that fails its check");
        }
        if (chunk.getLong(start + RecordLayout.VBLOCK_ID) != vblock.id()) {
            throw damaged("has a record of log " + chunk.getLong(start + RecordLayout.VBLOCK_ID));
        }
        checkVersion(chunk.get(start + RecordLayout.VERSION));
        kind = chunk.get(start + RecordLayout.KIND);
        body = chunk.slice(start + RecordLayout.HEADER_BYTES, length).order(ByteOrder.LITTLE_ENDIAN);
        chunk.position(start + RecordLayout.HEADER_BYTES + length);
        records++;
        return true;
    }

    /** Kind of the present record. */
    int kind() {
        return kind;
    }

    /** Records so far. */
    long records() {
        return records;
    }

    ManifestCodec.Snapshot snapshot() throws CorruptException {
        ManifestCodec.Snapshot snapshot = ManifestCodec.readSnapshot(body);
        if (snapshot == null) {
            throw damaged("has a manifest that makes no sense");
        }
        return snapshot;
    }

    Edit edit() throws CorruptException {
        Edit edit = ManifestCodec.readEdit(body);
        if (edit == null) {
            throw damaged("has an edit of the manifest that makes no sense");
        }
        return edit;
    }

    List<Entry> batch() throws CorruptException {
        try {
            long sequence = body.getLong();
            int count = body.getInt();
            List<Entry> entries = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int keyLength = Short.toUnsignedInt(body.getShort());
                int valueLength = body.getInt();
                byte[] key = take(keyLength);
                entries.add(new Entry(key, valueLength == BatchLayout.DELETE ? null : take(valueLength), sequence + i));
            }
            if (!body.hasRemaining()) {
                return entries;
            }
        } catch (BufferUnderflowException e) {
            // Said below.
        }
        throw damaged("has entries that make no sense");
    }

    CorruptException damaged(String what) {
        return new CorruptException(
                "log " + vblock.id() + " " + what + ", at byte " + offset,
                "what was synced is not all there; restore the store from a copy");
    }

    private byte[] take(int length) {
        if (length < 0 || length > body.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        body.get(bytes);
        return bytes;
    }

    private void checkVersion(int version) throws IOException {
        if (version > RecordLayout.CURRENT_VERSION) {
            throw new TooNewException(
                    "log " + vblock.id() + " has layout version " + version + ", this program knows "
                            + RecordLayout.CURRENT_VERSION,
                    "open it with the newer version that made it");
        }
        if (version < RecordLayout.CURRENT_VERSION) {
            throw new TooOldException(
                    "log " + vblock.id() + " was made by an older version, layout " + version, "recreate the store");
        }
    }

    /** Makes {@code bytes} bytes remain in the chunk; the log has them. */
    private void fill(int bytes) throws IOException {
        if (chunk.remaining() >= bytes) {
            return;
        }
        if (chunk.capacity() < bytes) {
            chunk = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).put(chunk);
        } else {
            chunk.compact();
        }
        int held = chunk.position();
        int end = (int) Math.min(chunk.capacity(), held + endOffset - chunkEnd);
        vblock.read(chunkEnd, chunk.limit(end));
        chunkEnd += end - held;
        chunk.position(0).limit(end);
    }
}
