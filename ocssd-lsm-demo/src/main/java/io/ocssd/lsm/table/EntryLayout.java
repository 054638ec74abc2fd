package io.ocssd.lsm.table;

/**
 * An entry of a data block. Little endian.
 *
 * <pre>
 *   0         2             6                    14
 *   +---------+-------------+--------------------+------- ... --+------- ... --+
 *   | key     | value       | sequence           | key          | value        |
 *   | length  | length      |                    |              |              |
 *   +---------+-------------+--------------------+------- ... --+------- ... --+
 * </pre>
 *
 * A value length of -1 marks a delete, which has no value.
 */
public final class EntryLayout {
    /** Bytes of the key, 2 bytes unsigned. */
    static final int KEY_LENGTH = 0;
    /** Bytes of the value or {@link #DELETE}, 4 bytes. */
    static final int VALUE_LENGTH = KEY_LENGTH + 2;
    /** Number in the history of the store, 8 bytes. */
    static final int SEQUENCE = VALUE_LENGTH + 4;
    /** Bytes before the key. */
    static final int HEADER_BYTES = SEQUENCE + 8;

    /** Value length of a delete. */
    static final int DELETE = -1;

    private EntryLayout() {}

    /** Bytes of an entry. */
    static int bytes(int keyBytes, int valueBytes) {
        return HEADER_BYTES + keyBytes + valueBytes;
    }
}
