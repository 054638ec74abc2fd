package io.ocssd.lsm.table;

/**
 * The footer of a table, the last 128 bytes of its vblock's payload. Little endian.
 *
 * <pre>
 *     0  magic              8    "OCSSDTBL"
 *     8  version            4
 *    12  footer length      4    128
 *    16  owner              8    hash of the store's name
 *    24  vblock id          8    of the vblock that this table is
 *    32  entries            8    puts and deletes
 *    40  deletes            8
 *    48  first sequence     8    smallest sequence of an entry
 *    56  last sequence      8    greatest sequence of an entry
 *    64  index offset       8    = bytes of all data blocks
 *    72  bloom offset       8
 *    80  index length       4
 *    84  bloom length       4
 *    88  blocks             4
 *    92  index CRC32C       4
 *    96  bloom CRC32C       4
 *   100  zero              24
 *   124  CRC32C of 0..123   4
 * </pre>
 */
final class FooterLayout {
    /** "OCSSDTBL" read as a little-endian number. */
    static final long MAGIC = 0x4C42_5444_5353_434FL;
    /** Version that this code writes and reads. */
    static final int CURRENT_VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION = MAGIC_OFFSET + 8;
    static final int LENGTH = VERSION + 4;
    static final int OWNER = LENGTH + 4;
    static final int VBLOCK_ID = OWNER + 8;
    static final int ENTRIES = VBLOCK_ID + 8;
    static final int DELETES = ENTRIES + 8;
    static final int FIRST_SEQUENCE = DELETES + 8;
    static final int LAST_SEQUENCE = FIRST_SEQUENCE + 8;
    static final int INDEX_OFFSET = LAST_SEQUENCE + 8;
    static final int BLOOM_OFFSET = INDEX_OFFSET + 8;
    static final int INDEX_LENGTH = BLOOM_OFFSET + 8;
    static final int BLOOM_LENGTH = INDEX_LENGTH + 4;
    static final int BLOCKS = BLOOM_LENGTH + 4;
    static final int INDEX_CRC = BLOCKS + 4;
    static final int BLOOM_CRC = INDEX_CRC + 4;
    static final int ZERO = BLOOM_CRC + 4;
    static final int CRC = ZERO + 24;
    /** Bytes of the footer. */
    static final int BYTES = CRC + 4;

    private FooterLayout() {}
}
