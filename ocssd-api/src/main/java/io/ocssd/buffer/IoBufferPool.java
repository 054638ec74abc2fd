package io.ocssd.buffer;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToLongFunction;

/**
 * A fixed number of equal buffers, cut from one slab that is allocated at the start.
 *
 * <p>Taking and giving back is lock-free and allocates nothing (a stack of indexes; its head carries a count in the upper
 * half so that a stale head is never mistaken for the present one). Thread-safe.
 */
public final class IoBufferPool {
    /** Alignment of the slab, and of every buffer whose size is a multiple of it. */
    public static final int ALIGNMENT = 4096;

    private static final int NONE = -1;

    private final IoBuffer[] buffers;
    private final AtomicIntegerArray next;
    private final AtomicLong head;
    private final ByteBuffer slab;
    /** 0 as long as nobody has asked for it. */
    private volatile long nativeAddress;

    /**
     * Allocates the slab.
     *
     * @param bufferBytes size of each buffer, at least 1
     * @param count number of buffers, at least 1
     * @throws IllegalArgumentException when the slab would exceed 2 GiB
     */
    public IoBufferPool(int bufferBytes, int count) {
        if (bufferBytes < 1 || count < 1 || (long) bufferBytes * count > Integer.MAX_VALUE - 2 * ALIGNMENT) {
            throw new IllegalArgumentException("bufferBytes=" + bufferBytes + ", count=" + count);
        }
        // alignedSlice drops what is before the first and after the last aligned address.
        int wholePages = (bufferBytes * count + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        slab = ByteBuffer.allocateDirect(wholePages + ALIGNMENT).alignedSlice(ALIGNMENT);
        buffers = new IoBuffer[count];
        next = new AtomicIntegerArray(count);
        for (int i = 0; i < count; i++) {
            buffers[i] = new IoBuffer(this, i, slab.slice(i * bufferBytes, bufferBytes));
            next.set(i, i + 1 < count ? i + 1 : NONE);
        }
        head = new AtomicLong(0);
    }

    /** Takes a buffer, or returns null when all are out. */
    public IoBuffer tryTake() {
        while (true) {
            long seen = head.get();
            int index = (int) seen;
            if (index == NONE) {
                return null;
            }
            if (head.compareAndSet(seen, pack(seen, next.get(index)))) {
                return buffers[index].markTaken();
            }
        }
    }

    void giveBack(int index) {
        while (true) {
            long seen = head.get();
            next.set(index, (int) seen);
            if (head.compareAndSet(seen, pack(seen, index))) {
                return;
            }
        }
    }

    /** Native address of the slab; found by the first who asks, for everyone. */
    long nativeAddress(ToLongFunction<ByteBuffer> slabAddress) {
        long known = nativeAddress;
        if (known == 0) {
            known = slabAddress.applyAsLong(slab);
            nativeAddress = known;
        }
        return known;
    }

    private static long pack(long previous, int index) {
        return ((previous >>> 32) + 1) << 32 | (index & 0xFFFF_FFFFL);
    }
}
