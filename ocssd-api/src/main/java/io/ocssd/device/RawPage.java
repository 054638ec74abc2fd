package io.ocssd.device;

import java.nio.ByteBuffer;

/**
 * A page of a device as it gave it, or why it did not.
 *
 * @param name what it is, for example {@code identify controller}
 * @param bytes its bytes, read-only; none when it could not be had
 * @param missing why it could not be had, in a sentence that says what it takes; empty when it is there
 */
public record RawPage(String name, ByteBuffer bytes, String missing) {
    /** Keeps a view of the bytes that can't be written to. */
    public RawPage {
        bytes = bytes.asReadOnlyBuffer();
    }

    /** A page that is there. */
    public static RawPage of(String name, ByteBuffer bytes) {
        return new RawPage(name, bytes, "");
    }

    /** A page that could not be had. */
    public static RawPage missing(String name, String why) {
        return new RawPage(name, ByteBuffer.allocate(0), why);
    }
}
