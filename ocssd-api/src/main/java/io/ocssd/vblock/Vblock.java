package io.ocssd.vblock;

import io.ocssd.buffer.IoBuffer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * An append-only span of bytes on flash, erased as a whole. Thread-safe.
 *
 * <p>Ids grow with time and are never used again, in no later life of the target either.
 */
public interface Vblock {
    /** Its id, unique in the target for ever. */
    long id();

    /** The stream it was allocated for. */
    Stream stream();

    /** The owner's number. */
    long tag();

    /** Number of LUNs it is striped over. */
    int width();

    /** The LUNs it is striped over, by linear number, in the order of the stripe. */
    List<Integer> luns();

    /** Whether nothing more is appended: its blocks are closed, or as its last writer left them on a drive opened read-only. */
    boolean isSealed();

    /**
     * Bytes of payload that can be read: all that was synced, and what was appended since as far as it has left the
     * staging buffer.
     */
    long length();

    /**
     * Reads bytes, through a handle borrowed for the call.
     *
     * @param offset first byte, as returned by an append
     * @param target is filled from its position to its limit
     * @throws IllegalArgumentException when the range is not inside {@code 0..length()}
     */
    void read(long offset, ByteBuffer target) throws IOException;

    /**
     * Reads bytes, through the caller's handle.
     *
     * @param handle of the same target, owned by the calling task
     * @param offset first byte, as returned by an append
     * @param target is filled from its position to its limit
     * @throws IllegalArgumentException when the range is not inside {@code 0..length()}
     */
    void read(ReadHandle handle, long offset, ByteBuffer target) throws IOException;

    /**
     * Reads bytes into a buffer that the device can fill: whole sectors that were appended as buffers, and that begin in
     * {@code target} at a multiple of a sector, come without a copy between. All others are copied there.
     *
     * @param handle of the same target, owned by the calling task
     * @param offset first byte, as returned by an append
     * @param target the calling task's, of any pool; is filled from 0 to the limit of {@link IoBuffer#bytes()}, and when this
     *     throws its content is anything
     * @throws IllegalArgumentException when the range is not inside {@code 0..length()}
     */
    void read(ReadHandle handle, long offset, IoBuffer target) throws IOException;

    /**
     * Erases all its blocks; it is gone then, after a crash in the middle too. Reads that are under way fail.
     *
     * @throws IllegalStateException while it is open for writing
     * @throws io.ocssd.error.ReadOnlyException when the drive was opened read-only
     */
    void erase() throws IOException;
}
