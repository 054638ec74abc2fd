package io.ocssd.geometry.emulator;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Where the bytes of a drive are kept: positional, zeros where nothing was written. Thread-safe for disjoint ranges. */
interface Backing extends AutoCloseable {
    /** Reads until {@code target} is full; its position moves on. */
    void read(ByteBuffer target, long offset) throws IOException;

    /** Writes all that remains in {@code source}; its position moves on. */
    void write(ByteBuffer source, long offset) throws IOException;

    /** Lets go of everything, a lock included. Idempotent. */
    @Override
    void close();
}
