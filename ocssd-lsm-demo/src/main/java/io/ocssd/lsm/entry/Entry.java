package io.ocssd.lsm.entry;

import java.util.Comparator;

/** One version of an entry: a put, or a delete when the value is null. Immutable; nobody changes the arrays. */
public final class Entry {
    /** By key, the newest version first. */
    static final Comparator<Entry> ORDER = Comparator.comparing(Entry::key, Keys.ORDER)
            .thenComparing(Comparator.comparingLong(Entry::sequence).reversed());

    private final byte[] key;
    private final byte[] value;
    private final long sequence;

    /**
     * Makes a version.
     *
     * @param value null for a delete
     * @param sequence its number in the history of the store, from 1
     */
    public Entry(byte[] key, byte[] value, long sequence) {
        this.key = key;
        this.value = value;
        this.sequence = sequence;
    }

    /** Its key. */
    public byte[] key() {
        return key;
    }

    /** Its value, null for a delete. */
    public byte[] value() {
        return value;
    }

    /** Its number in the history of the store. */
    public long sequence() {
        return sequence;
    }

    /** Whether it removes the key. */
    public boolean isDelete() {
        return value == null;
    }

    /** Bytes of key and value. */
    public int userBytes() {
        return key.length + (value == null ? 0 : value.length);
    }
}
