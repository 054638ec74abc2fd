package io.ocssd.lsm;

import io.ocssd.error.NoSpaceException;

/** The sentences with which a store says no. */
final class Refusals {
    private Refusals() {}

    static NoSpaceException noSpace(StoreState state) {
        return new NoSpaceException(
                "store \"" + state.sizes.id().name() + "\" is full: " + state.space.free()
                        + " vblocks are free and no compaction can free more",
                "delete entries, or close iterators that hold old tables");
    }

    static void checkKey(byte[] key, Sizes sizes) {
        if (key.length < 1 || key.length > sizes.maxKeyBytes()) {
            throw new IllegalArgumentException(
                    "keyBytes=" + key.length + " is not in 1..maxKeyBytes=" + sizes.maxKeyBytes());
        }
    }

    static void checkEntry(byte[] key, byte[] value, Sizes sizes) {
        checkKey(key, sizes);
        if ((long) key.length + value.length > sizes.maxEntryBytes()) {
            throw new IllegalArgumentException("keyBytes=" + key.length + " and valueBytes=" + value.length
                    + " are more than maxEntryBytes=" + sizes.maxEntryBytes());
        }
    }
}
