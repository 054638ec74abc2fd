package io.ocssd.geometry.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a drive are kept: positional, zeros where nothing was written. Thread-safe for disjoint ranges. */
interface Backing extends AutoCloseable {
    /** Reads until {@code target} is full; its position moves on. */
    void read(ByteBuffer target, long offset) throws IOException;

    /** Writes all that remains in {@code source}; its position moves on. */
    void write(ByteBuffer source, long offset) throws IOException;

    /**
     * Makes what was written so far durable to the degree that was asked for when the drive was opened; called before a
     * completion is told. Where the death of the program is all that must be survived there is nothing to do.
     */
    void commit() throws IOException;

    /** Makes what was written so far survive the death of the host, where the bytes outlive the program at all. */
    void force() throws IOException;

    /** Whether {@link #discard} does anything. */
    boolean givesSpaceBack();

    /**
     * Says that these bytes are not needed any more: until they are written again, reads of them give whatever they like. The
     * range is the caller's own until this returns.
     */
    void discard(long offset, long bytes) throws IOException;

    /** Whether what is written can be read after the drive was closed; else nobody needs to be told what only then counts. */
    default boolean outlivesTheDrive() {
        return true;
    }

    /** Lets go of everything, a lock included. Idempotent. */
    @Override
    void close();
}
