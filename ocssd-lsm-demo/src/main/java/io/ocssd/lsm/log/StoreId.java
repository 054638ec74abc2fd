package io.ocssd.lsm.log;

import com.google.common.hash.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * A store's name and what is derived from it. The tag of a vblock has the hash of the name in its upper 56 bits and the
 * kind in its lowest 8, so that a store knows its vblocks from those of others in the same target.
 *
 * @param name name of the store
 */
public record StoreId(String name) {
    private static final long KIND_MASK = 0xFF;
    private static final long LOG_KIND = 1;
    private static final long TABLE_KIND = 2;

    /** Hash of the name, its lowest 8 bits 0. */
    public long owner() {
        return Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong() & ~KIND_MASK;
    }

    /** Tag of the store's logs. */
    public long logTag() {
        return owner() | LOG_KIND;
    }

    /** Tag of the store's tables. */
    public long tableTag() {
        return owner() | TABLE_KIND;
    }
}
