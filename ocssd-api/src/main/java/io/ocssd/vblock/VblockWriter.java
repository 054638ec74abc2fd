package io.ocssd.vblock;

import io.ocssd.buffer.IoBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The one writer of a vblock. Belongs to one task at a time.
 *
 * <p>A program that fails surfaces at the next append, sync or seal; after that the writer takes nothing more, while what
 * was synced stays readable.
 */
public interface VblockWriter extends AutoCloseable {
    /** What is written to. */
    Vblock vblock();

    /**
     * Bytes that can still be appended by a call of this kind and then synced, at least.
     *
     * @param staged true for {@link #append(ByteBuffer)}, false for {@link #append(IoBuffer)}
     */
    long remaining(boolean staged);

    /**
     * Appends any number of bytes, copied once into a staging buffer that also holds frame and padding. Waits while the
     * window or the queue is full.
     *
     * @param bytes from its position to its limit; the position moves to the limit
     * @return offset of the first byte in the vblock; it never changes
     * @throws IllegalArgumentException when more than {@link #remaining} bytes are given; nothing was appended
     */
    long append(ByteBuffer bytes) throws IOException;

    /**
     * Takes a buffer of {@code ws_opt} sectors out of the writer's reserve, to be filled and appended. Waits until one has
     * come back from the device; never for ever, since the reserve covers the worst case.
     *
     * <p>Its limit is where the unit ends that the next append falls into, so that buffers which are filled to their limit and
     * appended in the order they were taken are programmed as whole units. Any other multiple of ws_min up to its capacity is
     * as good for the bytes, but may cost a program more.
     */
    IoBuffer takeBuffer() throws IOException;

    /**
     * Appends whole ws_min units without a copy: from 0 to the limit of {@link IoBuffer#bytes()}. Takes ownership; the
     * buffer goes back to its pool when its last sector can be read from the device. Waits while the window or the queue is
     * full.
     *
     * @param buffer one of {@link #takeBuffer}
     * @return offset of the first byte in the vblock; it never changes
     * @throws IllegalArgumentException when the limit is no multiple of ws_min sectors, or more than {@link #remaining}; the
     *     buffer stays the caller's then
     */
    long append(IoBuffer buffer) throws IOException;

    /** Makes everything appended so far durable and readable; returns when it is. */
    void sync() throws IOException;

    /** Syncs, closes the blocks and releases the window; the writer is closed then. */
    void seal() throws IOException;

    /**
     * Lets go without sealing, as a crash would: what was synced stays, the blocks stay open until the vblock is erased or
     * the target is opened again. After {@link #seal} it does nothing. Idempotent.
     */
    @Override
    void close();
}
