package io.ocssd.geometry.emulator;

import com.google.common.annotations.VisibleForTesting;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Bytes on the Java heap, in extents that are allocated when they are first written. Some of those that were given back are
 * kept for what is written next.
 */
final class MemoryBacking implements Backing {
    private static final int EXTENT_BYTES = 64 << 10;
    private static final int EXTENTS_PER_TABLE = 4096;
    /** 32 MiB: two large blocks of a drive. */
    private static final int MOST_KEPT_EXTENTS = 512;

    private static final byte[] ZEROS = new byte[EXTENT_BYTES];

    /** Tables of extents: two levels, so that a large and empty drive costs next to nothing. */
    private final AtomicReferenceArray<AtomicReferenceArray<byte[]>> tables;

    private final ExtentPool pool;
    private final long bytes;

    MemoryBacking(long bytes) {
        long count = (bytes + (long) EXTENT_BYTES * EXTENTS_PER_TABLE - 1) / ((long) EXTENT_BYTES * EXTENTS_PER_TABLE);
        if (count > 1 << 20) {
            throw new IllegalArgumentException("bytes=" + bytes + " is more than a drive in memory can have");
        }
        this.tables = new AtomicReferenceArray<>((int) count);
        this.pool = new ExtentPool((bytes + EXTENT_BYTES - 1) / EXTENT_BYTES, MOST_KEPT_EXTENTS);
        this.bytes = bytes;
    }

    @Override
    public void read(ByteBuffer target, long offset) {
        checkRange(target, offset);
        long at = offset;
        while (target.hasRemaining()) {
            int within = (int) (at % EXTENT_BYTES);
            int length = Math.min(target.remaining(), EXTENT_BYTES - within);
            byte[] extent = extent(at / EXTENT_BYTES);
            if (extent == null) {
                target.put(ZEROS, 0, length);
            } else {
                target.put(extent, within, length);
            }
            at += length;
        }
    }

    @Override
    public void write(ByteBuffer source, long offset) {
        checkRange(source, offset);
        long at = offset;
        while (source.hasRemaining()) {
            int within = (int) (at % EXTENT_BYTES);
            int length = Math.min(source.remaining(), EXTENT_BYTES - within);
            source.get(writableExtent(at / EXTENT_BYTES, within, within + length), within, length);
            at += length;
        }
    }

    /** Nothing outlives the program. */
    @Override
    public void commit() {}

    @Override
    public void force() {}

    @Override
    public boolean givesSpaceBack() {
        return true;
    }

    /** Gives the extents back that lie in the range as a whole; reads of them find zeros. */
    @Override
    public void discard(long offset, long length) {
        if (offset < 0 || length < 0 || length > bytes - offset) {
            throw new IndexOutOfBoundsException("offset=" + offset + ", length=" + length + ", bytes=" + bytes);
        }
        long end = (offset + length) / EXTENT_BYTES;
        for (long number = (offset + EXTENT_BYTES - 1) / EXTENT_BYTES; number < end; number++) {
            AtomicReferenceArray<byte[]> table = tables.get((int) (number / EXTENTS_PER_TABLE));
            if (table != null) {
                byte[] extent = table.getAndSet((int) (number % EXTENTS_PER_TABLE), null);
                if (extent != null) {
                    pool.give(number, extent);
                }
            }
        }
    }

    @Override
    public boolean outlivesTheDrive() {
        return false;
    }

    @Override
    public void close() {
        // The extents go with the last reference to the drive.
    }

    /** How many extents it has. */
    @VisibleForTesting
    int extents() {
        int count = 0;
        for (long number = 0; number < (bytes + EXTENT_BYTES - 1) / EXTENT_BYTES; number++) {
            count += extent(number) == null ? 0 : 1;
        }
        return count;
    }

    private byte[] extent(long number) {
        AtomicReferenceArray<byte[]> table = tables.get((int) (number / EXTENTS_PER_TABLE));
        return table == null ? null : table.get((int) (number % EXTENTS_PER_TABLE));
    }

    /** An extent that the bytes {@code from} to {@code to}, exclusive, are about to be written to. */
    private byte[] writableExtent(long number, int from, int to) {
        int tableIndex = (int) (number / EXTENTS_PER_TABLE);
        AtomicReferenceArray<byte[]> table = tables.get(tableIndex);
        if (table == null) {
            tables.compareAndSet(tableIndex, null, new AtomicReferenceArray<>(EXTENTS_PER_TABLE));
            table = tables.get(tableIndex);
        }
        int index = (int) (number % EXTENTS_PER_TABLE);
        byte[] extent = table.get(index);
        if (extent == null) {
            byte[] more = newExtent(number, from, to);
            extent = table.compareAndExchange(index, null, more);
            if (extent == null) {
                return more;
            }
            pool.give(number, more);
        }
        return extent;
    }

    /** An extent that is zeros but for some bytes, which nobody sees before they are written. */
    private byte[] newExtent(long number, int from, int to) {
        byte[] extent = pool.take(number);
        if (extent == null) {
            return new byte[EXTENT_BYTES];
        }
        Arrays.fill(extent, 0, from, (byte) 0);
        Arrays.fill(extent, to, EXTENT_BYTES, (byte) 0);
        return extent;
    }

    private void checkRange(ByteBuffer buffer, long offset) {
        if (offset < 0 || buffer.remaining() > bytes - offset) {
            throw new IndexOutOfBoundsException(
                    "offset=" + offset + ", length=" + buffer.remaining() + ", bytes=" + bytes);
        }
    }
}
