package io.ocssd.geometry.emulator;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * An image whose state table and OOB area are in mapped memory, while the data goes to the file as before: a program is one
 * system call then instead of three.
 *
 * <p>Stores to mapped memory are in the page cache like what was written, so they survive the death of the process as well.
 * Two things differ, and are seen to here:
 *
 * <ul>
 *   <li>The process may die between two stores. A record of the state table changes in two steps, its first long and the rest,
 *       each there as a whole or not; {@link BlockRecordLayout} says in which order, and what a reader makes of the half.
 *   <li>A store to a page that the file has no space for yet, on a full file system, is a signal and no error. So the first
 *       time a page is written to, it is written through the file, which fails properly; from then on the page has its space.
 * </ul>
 *
 * <p>Mapped in windows, each when it is first touched. Thread-safe for disjoint ranges.
 */
final class MappedMetadata implements Backing {
    /** Maps a part of the image. */
    @FunctionalInterface
    interface Mapper {
        /** Maps {@code bytes} bytes from {@code offset} on for reading and writing. */
        MappedByteBuffer map(long offset, int bytes) throws IOException;
    }

    static final int PAGE_BYTES = 4096;
    private static final int WINDOW_BYTES = 64 << 20;

    private static final VarHandle WORDS = MethodHandles.arrayElementVarHandle(long[].class);

    /** A part of the image. */
    private static final class Window {
        private final long offset;
        private final MappedByteBuffer bytes;
        /** A bit for each page that was written through the file. */
        private final long[] backed;

        Window(long offset, MappedByteBuffer bytes) {
            this.offset = offset;
            this.bytes = bytes;
            this.backed = new long[(bytes.capacity() / PAGE_BYTES + Long.SIZE) / Long.SIZE];
        }

        boolean isBacked(int offset, int length) {
            for (int page = offset / PAGE_BYTES; page <= (offset + length - 1) / PAGE_BYTES; page++) {
                if (((long) WORDS.getOpaque(backed, page / Long.SIZE) >>> page & 1) == 0) {
                    return false;
                }
            }
            return true;
        }

        void setBacked(int offset, int length) {
            for (int page = offset / PAGE_BYTES; page <= (offset + length - 1) / PAGE_BYTES; page++) {
                WORDS.getAndBitwiseOr(backed, page / Long.SIZE, 1L << page);
            }
        }
    }

    private final Backing file;
    private final Mapper mapper;
    private final long begin;
    private final long recordsEnd;
    private final long end;
    private final AtomicReferenceArray<Window> windows;

    /** Maps what is before the data area of an image from the state table on. */
    MappedMetadata(Backing file, Mapper mapper, ImageLayout layout) {
        this.file = file;
        this.mapper = mapper;
        this.begin = ImageLayout.STATE_TABLE_OFFSET;
        this.recordsEnd = layout.recordOffset(layout.geometry().blocks());
        this.end = layout.dataAreaOffset();
        this.windows = new AtomicReferenceArray<>((int) ((end - begin + WINDOW_BYTES - 1) / WINDOW_BYTES));
    }

    @Override
    public void read(ByteBuffer target, long offset) throws IOException {
        if (offset >= end || offset < begin) {
            file.read(target, offset);
            return;
        }
        long at = offset;
        while (target.hasRemaining()) {
            Window window = window(at);
            int within = (int) ((at - begin) % WINDOW_BYTES);
            int length = Math.min(target.remaining(), window.bytes.capacity() - within);
            try {
                target.put(target.position(), window.bytes, within, length);
            } catch (InternalError e) {
                throw unreachable(at, e);
            }
            target.position(target.position() + length);
            at += length;
        }
    }

    @Override
    public void write(ByteBuffer source, long offset) throws IOException {
        if (offset >= end || offset < begin) {
            file.write(source, offset);
            return;
        }
        long at = offset;
        while (source.hasRemaining()) {
            Window window = window(at);
            int within = (int) ((at - begin) % WINDOW_BYTES);
            int length = Math.min(source.remaining(), window.bytes.capacity() - within);
            int from = source.position();
            if (window.isBacked(within, length)) {
                // Less than a record is one field of it, a long that is there or not.
                if (at < recordsEnd && length >= BlockRecordLayout.BYTES) {
                    length = BlockRecordLayout.BYTES;
                    storeRecord(window, within, source, from);
                } else {
                    store(window, within, source, from, length);
                }
                source.position(from + length);
            } else {
                int limit = source.limit();
                file.write(source.limit(from + length), at);
                source.limit(limit);
                window.setBacked(within, length);
            }
            at += length;
        }
    }

    @Override
    public void commit() throws IOException {
        file.commit();
    }

    /** What was stored to mapped memory is among the dirty pages of the file like everything else. */
    @Override
    public void force() throws IOException {
        file.force();
    }

    @Override
    public boolean givesSpaceBack() {
        return file.givesSpaceBack();
    }

    /** Of data only: a mapped page must keep its space. */
    @Override
    public void discard(long offset, long bytes) throws IOException {
        if (offset >= end) {
            file.discard(offset, bytes);
        }
    }

    @Override
    public boolean outlivesTheDrive() {
        return file.outlivesTheDrive();
    }

    @Override
    public void close() {
        file.close();
    }

    private void store(Window window, int within, ByteBuffer source, int from, int length) throws IOException {
        try {
            window.bytes.put(within, source, from, length);
        } catch (InternalError e) {
            throw unreachable(window.offset + within, e);
        }
    }

    private void storeRecord(Window window, int within, ByteBuffer record, int from) throws IOException {
        int rest = BlockRecordLayout.BYTES - Long.BYTES;
        if (isRestFirst(window.bytes, within, record, from)) {
            store(window, within + Long.BYTES, record, from + Long.BYTES, rest);
            VarHandle.releaseFence();
            store(window, within, record, from, Long.BYTES);
        } else {
            store(window, within, record, from, Long.BYTES);
            VarHandle.releaseFence();
            store(window, within + Long.BYTES, record, from + Long.BYTES, rest);
        }
    }

    /** Which part of a record is changed first, see {@link BlockRecordLayout}. */
    static boolean isRestFirst(ByteBuffer old, int at, ByteBuffer record, int from) {
        return old.get(at + BlockRecordLayout.STATE_OFFSET) == 0
                || record.get(from + BlockRecordLayout.STATE_OFFSET) == BlockRecordLayout.STATE_OPEN
                || record.getLong(from + BlockRecordLayout.WRITE_POINTER_OFFSET)
                        == record.getLong(from + BlockRecordLayout.CNLB_OFFSET);
    }

    /** The window of an offset, the last one shorter than the others. */
    private Window window(long offset) throws IOException {
        int index = (int) ((offset - begin) / WINDOW_BYTES);
        Window window = windows.get(index);
        if (window != null) {
            return window;
        }
        long first = begin + (long) index * WINDOW_BYTES;
        windows.compareAndSet(index, null, new Window(first, mapper.map(first, (int)
                Math.min(WINDOW_BYTES, end - first))));
        return windows.get(index);
    }

    /** What the virtual machine throws when mapped memory can't be read or written, as when the file became shorter. */
    private static IOException unreachable(long offset, InternalError e) {
        return new IOException("the image can't be accessed at offset " + offset, e);
    }
}
