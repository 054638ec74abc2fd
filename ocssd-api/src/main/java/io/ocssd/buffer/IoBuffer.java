package io.ocssd.buffer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToLongFunction;

/**
 * A slice of a 4 KiB-aligned slab of direct memory, with one owner at a time.
 *
 * <p>The owner fills it through {@link #bytes()} and hands it on; after that only the new owner may change it. The
 * absolute reads ({@link #copyTo}) use no cursor, so other tasks may read along as far as the owner allows it. All access
 * is bounds-checked.
 */
public final class IoBuffer {
    private final IoBufferPool pool;
    private final int index;
    private final ByteBuffer whole;
    private final ByteBuffer ownerView;
    private final ByteBuffer deviceView;
    private final AtomicBoolean taken = new AtomicBoolean();

    IoBuffer(IoBufferPool pool, int index, ByteBuffer whole) {
        this.pool = pool;
        this.index = index;
        this.whole = whole;
        this.ownerView = whole.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        this.deviceView = whole.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Size in bytes. */
    public int capacity() {
        return whole.capacity();
    }

    /**
     * The owner's view of the whole buffer, little endian: one and the same object at every call, so its position and
     * limit are part of the buffer's state. A buffer fresh from the pool has position 0 and limit {@link #capacity()}; its
     * content is whatever the last owner left.
     */
    public ByteBuffer bytes() {
        return ownerView;
    }

    /**
     * The device's view of a part, positioned and limited to it: one and the same object at every call. For device
     * implementations, which are the owner while a command is under way.
     *
     * @param offset first byte
     * @param length number of bytes
     * @throws IndexOutOfBoundsException when the part is not inside the buffer
     */
    public ByteBuffer part(int offset, int length) {
        Objects.checkFromIndexSize(offset, length, capacity());
        return deviceView.limit(offset + length).position(offset);
    }

    /**
     * The native address of the first byte. For devices that hand buffers to an operating system, which are the owner while a
     * command is under way; it is valid as long as the buffer is reachable.
     *
     * @param slabAddress tells the native address of the first byte of a direct buffer; asked at the first call for any buffer
     *     of the pool, and not again
     */
    public long nativeAddress(ToLongFunction<ByteBuffer> slabAddress) {
        return pool.nativeAddress(slabAddress) + (long) index * capacity();
    }

    /**
     * Copies bytes out without touching any cursor of this buffer.
     *
     * @param offset first byte in this buffer
     * @param target receives the bytes at its position, which moves on
     * @param length number of bytes
     * @throws IndexOutOfBoundsException when the part is not inside the buffer
     */
    public void copyTo(int offset, ByteBuffer target, int length) {
        Objects.checkFromIndexSize(offset, length, capacity());
        target.put(target.position(), whole, offset, length);
        target.position(target.position() + length);
    }

    /**
     * Gives the buffer back to its pool.
     *
     * @throws IllegalStateException when it is in the pool already
     */
    public void release() {
        if (!taken.compareAndSet(true, false)) {
            throw new IllegalStateException("buffer is in its pool already, index=" + index);
        }
        pool.giveBack(index);
    }

    IoBuffer markTaken() {
        taken.setPlain(true);
        ownerView.clear();
        return this;
    }
}
