package io.ocssd.lsm.table;

import io.ocssd.error.CorruptException;
import io.ocssd.lsm.entry.Cursor;
import io.ocssd.lsm.entry.Entry;
import io.ocssd.scheduler.HostCost;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.CRC32C;

/**
 * A table on flash. Thread-safe, read without a lock; index and filter are loaded at the first read.
 *
 * <p>Counts who uses it: the views of the store and the compactions that hold it. Who gives it up last must see to it
 * that its vblock is erased.
 */
public final class Table {
    /** Index and filter, always both. */
    private record Guide(TableIndex index, Bloom bloom) {}

    private final Vblock vblock;
    private final long owner;
    private final long bytes;
    private final Scheduler scheduler;
    private final AtomicInteger users = new AtomicInteger();
    private volatile Guide guide;

    /** A table that the manifest knows. */
    public Table(Vblock vblock, long owner, Scheduler scheduler) {
        this.vblock = vblock;
        this.owner = owner;
        this.bytes = vblock.length();
        this.scheduler = scheduler;
    }

    /** A table that was just written, so that nothing has to be loaded. */
    Table(Vblock vblock, long owner, Scheduler scheduler, TableIndex index, Bloom bloom) {
        this(vblock, owner, scheduler);
        this.guide = new Guide(index, bloom);
    }

    /** Id of its vblock. */
    public long id() {
        return vblock.id();
    }

    /** Its vblock. */
    public Vblock vblock() {
        return vblock;
    }

    /** One more user. */
    public void retain() {
        users.incrementAndGet();
    }

    /** One user less; true when that was the last one. */
    public boolean release() {
        return users.decrementAndGet() == 0;
    }

    /** The newest version of a key, or null. */
    public Entry find(byte[] key) throws IOException {
        Guide loaded = guide();
        scheduler.charge(HostCost.LOOKUP, 1);
        if (!loaded.bloom.mayContain(key)) {
            return null;
        }
        int number = loaded.index.find(key);
        if (number == loaded.index.blocks()) {
            return null;
        }
        byte[] raw = new byte[loaded.index.length(number)];
        readBlocks(loaded.index, number, 1, raw);
        Block block = new Block();
        block.reset(raw, 0, raw.length);
        return block.seek(key) && block.compareTo(key) == 0 ? new Entry(key, block.value(), block.sequence()) : null;
    }

    /**
     * Its entries in order.
     *
     * @param fromInclusive first key
     * @param aheadBytes most bytes that are read at once, but for a block that is larger
     */
    public Cursor cursor(byte[] fromInclusive, int aheadBytes) {
        return new TableCursor(this, fromInclusive, aheadBytes);
    }

    TableIndex index() throws IOException {
        return guide().index;
    }

    /** Reads and checks {@code count} blocks, one behind the other, to the start of {@code target}. */
    void readBlocks(TableIndex index, int first, int count, byte[] target) throws IOException {
        long start = index.offset(first);
        int length = (int) (index.offset(first + count - 1) + index.length(first + count - 1) - start);
        vblock.read(start, ByteBuffer.wrap(target, 0, length));
        scheduler.charge(HostCost.CHECKSUM_KIB, TableWriter.kib(length));
        for (int i = first; i < first + count; i++) {
            if (!Block.isWhole(target, (int) (index.offset(i) - start), index.length(i))) {
                throw Footer.damaged(id(), "block " + i + " at byte " + index.offset(i) + " fails its check");
            }
        }
    }

    /** Reads footer, index and filter from flash, whether they are loaded or not. */
    Footer load() throws IOException {
        if (bytes < FooterLayout.BYTES) {
            throw Footer.damaged(id(), "it has " + bytes + " bytes, less than a footer");
        }
        byte[] raw = new byte[FooterLayout.BYTES];
        vblock.read(bytes - FooterLayout.BYTES, ByteBuffer.wrap(raw));
        Footer footer = Footer.decode(raw, owner, id(), bytes);
        byte[] parts = new byte[footer.indexLength() + footer.bloomLength()];
        vblock.read(footer.indexOffset(), ByteBuffer.wrap(parts));
        scheduler.charge(HostCost.CHECKSUM_KIB, TableWriter.kib(parts.length));
        checkPart("index", parts, 0, footer.indexLength(), footer.indexCrc());
        checkPart("Bloom filter", parts, footer.indexLength(), footer.bloomLength(), footer.bloomCrc());
        TableIndex index = TableIndex.decode(parts, 0, footer.indexLength(), footer.blocks(), footer.indexOffset());
        Bloom bloom = Bloom.decode(parts, footer.indexLength(), footer.bloomLength());
        if (index == null || bloom == null) {
            throw Footer.damaged(id(), "its " + (index == null ? "index" : "Bloom filter") + " makes no sense");
        }
        guide = new Guide(index, bloom);
        return footer;
    }

    boolean mayContain(byte[] key) throws IOException {
        return guide().bloom.mayContain(key);
    }

    private Guide guide() throws IOException {
        Guide loaded = guide;
        if (loaded == null) {
            load();
            loaded = guide;
        }
        return loaded;
    }

    private void checkPart(String name, byte[] parts, int offset, int length, int crc) throws CorruptException {
        CRC32C found = new CRC32C();
        found.update(parts, offset, length);
        if ((int) found.getValue() != crc) {
            throw Footer.damaged(id(), "its " + name + " fails its check");
        }
    }
}
