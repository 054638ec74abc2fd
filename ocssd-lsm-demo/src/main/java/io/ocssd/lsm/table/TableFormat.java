package io.ocssd.lsm.table;

import com.google.common.base.Preconditions;

/**
 * How the tables of a store are made.
 *
 * @param owner hash of the store's name, in every footer
 * @param tag of the vblocks
 * @param width of the vblocks
 * @param blockBytes that a data block aims at
 * @param bloomBitsPerKey bits of the Bloom filter for each key
 */
public record TableFormat(long owner, long tag, int width, int blockBytes, int bloomBitsPerKey) {
    /** Checks the numbers. */
    public TableFormat {
        Preconditions.checkArgument(blockBytes > 0 && bloomBitsPerKey > 0, "blockBytes=%s", blockBytes);
    }

    /**
     * About how many bytes an entry takes of a table, its share of index and filter included.
     *
     * @param keyBytes bytes of the key
     * @param valueBytes bytes of the value
     */
    public long tableBytes(int keyBytes, int valueBytes) {
        long entry = EntryLayout.bytes(keyBytes, valueBytes);
        long block = BlockLayout.TRAILER_BYTES + IndexLayout.HEADER_BYTES + (long) keyBytes;
        return entry
                + bloomBitsPerKey / Byte.SIZE
                + 1
                + (2 * entry >= blockBytes ? block : block * 2 * entry / blockBytes);
    }
}
