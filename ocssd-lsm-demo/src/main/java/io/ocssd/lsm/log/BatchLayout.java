package io.ocssd.lsm.log;

/**
 * Body of a record of puts and deletes with consecutive sequences. Little endian.
 *
 * <pre>
 *   0                    8             12
 *   +--------------------+-------------+
 *   | sequence of the    | number of   |
 *   | first entry        | entries     |
 *   +--------------------+-------------+
 *   then for each entry
 *   0         2             6
 *   +---------+-------------+------- ... --+------- ... --+
 *   | key     | value       | key          | value        |
 *   | length  | length      |              |              |
 *   +---------+-------------+------- ... --+------- ... --+
 * </pre>
 *
 * A value length of -1 marks a delete.
 */
final class BatchLayout {
    /** Sequence of the first entry, 8 bytes. */
    static final int FIRST_SEQUENCE = 0;
    /** Number of entries, 4 bytes. */
    static final int COUNT = FIRST_SEQUENCE + 8;
    /** Bytes before the first entry. */
    static final int HEADER_BYTES = COUNT + 4;

    /** Bytes of the key, 2 bytes unsigned, counted from the start of the entry. */
    static final int KEY_LENGTH = 0;
    /** Bytes of the value or {@link #DELETE}, 4 bytes. */
    static final int VALUE_LENGTH = KEY_LENGTH + 2;
    /** Bytes before the key. */
    static final int ENTRY_HEADER_BYTES = VALUE_LENGTH + 4;

    /** Value length of a delete. */
    static final int DELETE = -1;

    private BatchLayout() {}
}
