package io.ocssd.lsm.log;

/**
 * A table in a snapshot or an edit. Little endian.
 *
 * <pre>
 *    0  vblock id           8
 *    8  payload bytes       8    of the vblock
 *   16  entries             8
 *   24  deletes             8
 *   32  first sequence      8
 *   40  last sequence       8
 *   48  level               1
 *   49  flags               1    bit 0: trimmed
 *   50  smallest length     2
 *   52  largest length      2
 *   54  smallest key, largest key
 * </pre>
 */
final class TableMetaLayout {
    static final int ID = 0;
    static final int BYTES = ID + 8;
    static final int ENTRIES = BYTES + 8;
    static final int DELETES = ENTRIES + 8;
    static final int FIRST_SEQUENCE = DELETES + 8;
    static final int LAST_SEQUENCE = FIRST_SEQUENCE + 8;
    static final int LEVEL = LAST_SEQUENCE + 8;
    static final int FLAGS = LEVEL + 1;
    static final int SMALLEST_LENGTH = FLAGS + 1;
    static final int LARGEST_LENGTH = SMALLEST_LENGTH + 2;
    /** Bytes before the keys. */
    static final int HEADER_BYTES = LARGEST_LENGTH + 2;

    /** Flag of a table whose smallest key was raised. */
    static final int TRIMMED = 1;

    private TableMetaLayout() {}
}
