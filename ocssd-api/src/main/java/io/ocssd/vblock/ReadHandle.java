package io.ocssd.vblock;

/** A device queue and its buffers, for the reads of one task; {@link Vblocks#openHandle} makes one. */
public interface ReadHandle extends AutoCloseable {
    /** Gives the queue and the buffers back. Idempotent. */
    @Override
    void close();
}
