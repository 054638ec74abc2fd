package io.ocssd.lsm.table;

import io.ocssd.lsm.entry.Cursor;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Writes a table into a new vblock. Entries come in order, each key once. Belongs to one task.
 *
 * <p>End it with {@link #finish} or {@link #abandon}.
 */
public final class TableWriter {
    private final TableFormat format;
    private final Scheduler scheduler;
    private final VblockWriter writer;
    private final TableSink sink;
    private final long capacityBytes;
    private final ByteBuffer scratch =
            ByteBuffer.allocate(EntryLayout.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    private final CRC32C crc = new CRC32C();
    private final TableIndex.Builder index = new TableIndex.Builder();
    private long[] hashes = new long[256];
    private long blockOffset;
    private int blockEntries;
    private int entries;
    private long deletes;
    private long firstSequence = Long.MAX_VALUE;
    private long lastSequence;
    private byte[] smallest;
    private byte[] lastKey;

    /**
     * Allocates the vblock.
     *
     * @throws io.ocssd.error.NoSpaceException when there is none; nothing was changed
     */
    public TableWriter(Vblocks vblocks, TableFormat format, Scheduler scheduler) throws IOException {
        this.format = format;
        this.scheduler = scheduler;
        this.writer = vblocks.allocate(new VblockRequest(Stream.DATA, format.width(), format.tag()));
        try {
            this.sink = new TableSink(writer);
        } catch (IOException | RuntimeException e) {
            writer.close();
            throw e;
        }
        long remaining = writer.remaining(false);
        this.capacityBytes = remaining - remaining % sink.bufferBytes();
    }

    /** Whether nothing was added yet. */
    public boolean isEmpty() {
        return entries == 0;
    }

    /** Whether an entry and everything that ends the table still fit. */
    public boolean fits(int keyBytes, int valueBytes) {
        long longestKeys = (long) keyBytes + (lastKey == null ? 0 : lastKey.length);
        long end = sink.position()
                + EntryLayout.bytes(keyBytes, valueBytes)
                + 2L * BlockLayout.TRAILER_BYTES
                + index.bytes()
                + 2L * IndexLayout.HEADER_BYTES
                + longestKeys
                + Bloom.bytes(entries + 1L, format.bloomBitsPerKey())
                + FooterLayout.BYTES;
        return end <= capacityBytes;
    }

    /** Adds the present version of a cursor; {@link #fits} said that there is room. */
    public void add(Cursor version) throws IOException {
        byte[] key = version.key();
        int valueLength = version.valueLength();
        int bytes = EntryLayout.bytes(key.length, valueLength);
        if (blockEntries > 0 && sink.position() - blockOffset + bytes > format.blockBytes()) {
            endBlock();
        }
        scratch.clear();
        scratch.putShort((short) key.length);
        scratch.putInt(version.isDelete() ? EntryLayout.DELETE : valueLength);
        scratch.putLong(version.sequence());
        write(scratch.array(), 0, EntryLayout.HEADER_BYTES);
        write(key, 0, key.length);
        write(version.valueArray(), version.valueOffset(), valueLength);
        if (2 * entries == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * hashes.length);
        }
        Bloom.hash(key, hashes, entries);
        entries++;
        blockEntries++;
        deletes += version.isDelete() ? 1 : 0;
        firstSequence = Math.min(firstSequence, version.sequence());
        lastSequence = Math.max(lastSequence, version.sequence());
        smallest = smallest == null ? key : smallest;
        lastKey = key;
    }

    /**
     * Writes index, filter and footer and closes the blocks; the table is durable when this returns. After a failure the
     * vblock is left as it is, an orphan.
     *
     * @param level for its description
     */
    public PlacedTable finish(int level) throws IOException {
        if (isEmpty()) {
            throw new IllegalStateException("entries=0");
        }
        try {
            endBlock();
            byte[] indexBytes = index.encode();
            TableIndex built = index.build();
            Bloom bloom = Bloom.of(hashes, entries, format.bloomBitsPerKey());
            long indexOffset = sink.position();
            int indexCrc = checksum(indexBytes);
            int bloomCrc = checksum(bloom.encoded());
            sink.write(indexBytes, 0, indexBytes.length);
            sink.write(bloom.encoded(), 0, bloom.encoded().length);
            long id = writer.vblock().id();
            Footer footer = new Footer(
                    format.owner(),
                    id,
                    entries,
                    deletes,
                    firstSequence,
                    lastSequence,
                    indexOffset,
                    indexOffset + indexBytes.length,
                    indexBytes.length,
                    bloom.encoded().length,
                    built.blocks(),
                    indexCrc,
                    bloomCrc);
            // The footer ends with the payload, and the payload with a whole buffer.
            long used = sink.position() + FooterLayout.BYTES;
            sink.zeros(Math.floorMod(-used, (long) sink.bufferBytes()));
            sink.write(footer.encode(), 0, FooterLayout.BYTES);
            long bytes = sink.position();
            sink.finish();
            writer.seal();
            TableMeta meta = new TableMeta(
                    id, level, bytes, entries, deletes, firstSequence, lastSequence, false, smallest, lastKey);
            return new PlacedTable(meta, new Table(writer.vblock(), format.owner(), scheduler, built, bloom));
        } catch (IOException | RuntimeException e) {
            sink.release();
            writer.close();
            throw e;
        }
    }

    /**
     * Gives the vblock back: erases it.
     *
     * @param cause what went wrong; gets what goes wrong here as suppressed
     */
    public void abandon(Exception cause) {
        sink.release();
        writer.close();
        try {
            writer.vblock().erase();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void write(byte[] bytes, int offset, int length) throws IOException {
        crc.update(bytes, offset, length);
        sink.write(bytes, offset, length);
    }

    private void endBlock() throws IOException {
        scratch.clear();
        scratch.putInt(blockEntries);
        write(scratch.array(), 0, Integer.BYTES);
        scratch.putInt(BlockLayout.CRC, (int) crc.getValue());
        sink.write(scratch.array(), BlockLayout.CRC, Integer.BYTES);
        int length = (int) (sink.position() - blockOffset);
        scheduler.charge(HostCost.CHECKSUM_KIB, kib(length));
        scheduler.charge(HostCost.COPY_KIB, kib(length));
        index.add(lastKey, blockOffset, length);
        crc.reset();
        blockOffset = sink.position();
        blockEntries = 0;
    }

    private int checksum(byte[] bytes) {
        crc.reset();
        crc.update(bytes, 0, bytes.length);
        scheduler.charge(HostCost.CHECKSUM_KIB, kib(bytes.length));
        return (int) crc.getValue();
    }

    static long kib(long bytes) {
        return (bytes + 1023) >> 10;
    }
}
