package io.ocssd.lsm.table;

/**
 * A data block: whole entries ({@link EntryLayout}) in order, then a trailer. Little endian.
 *
 * <pre>
 *   0                                     n             n+4           n+8
 *   +---------+---------+-- ... --+-------+-------------+-------------+
 *   | entry 0 | entry 1 |         |       | entry count | CRC32C of   |
 *   |         |         |         |       |             | 0 .. n+3    |
 *   +---------+---------+-- ... --+-------+-------------+-------------+
 * </pre>
 */
final class BlockLayout {
    /** Number of entries, 4 bytes, counted from the start of the trailer. */
    static final int ENTRIES = 0;
    /** CRC32C of all before it, 4 bytes, counted from the start of the trailer. */
    static final int CRC = ENTRIES + 4;
    /** Bytes of the trailer. */
    static final int TRAILER_BYTES = CRC + 4;

    private BlockLayout() {}
}
