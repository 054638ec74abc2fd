package io.ocssd.lsm.table;

/**
 * The index of a table: one such record for each data block, in order. Little endian; its CRC32C is in the footer.
 *
 * <pre>
 *   0                    8             12        14
 *   +--------------------+-------------+---------+------- ... --+
 *   | offset of the      | length of   | key     | last key of  |
 *   | block              | the block   | length  | the block    |
 *   +--------------------+-------------+---------+------- ... --+
 * </pre>
 */
final class IndexLayout {
    /** Where the block begins in the vblock, 8 bytes. */
    static final int BLOCK_OFFSET = 0;
    /** Bytes of the block with its trailer, 4 bytes. */
    static final int BLOCK_LENGTH = BLOCK_OFFSET + 8;
    /** Bytes of the key, 2 bytes unsigned. */
    static final int KEY_LENGTH = BLOCK_LENGTH + 4;
    /** Bytes before the key. */
    static final int HEADER_BYTES = KEY_LENGTH + 2;

    private IndexLayout() {}
}
