package io.ocssd.lsm.table;

/**
 * The Bloom filter of a table. Little endian; its CRC32C is in the footer.
 *
 * <pre>
 *   0             4             8
 *   +-------------+-------------+------------------ ... --+
 *   | probes      | bits        | bit i is bit i % 8 of   |
 *   |             |             | byte i / 8              |
 *   +-------------+-------------+------------------ ... --+
 * </pre>
 */
final class BloomLayout {
    /** Bits that are looked at for a key, 4 bytes. */
    static final int PROBES = 0;
    /** Number of bits, 4 bytes, a multiple of 8. */
    static final int BITS = PROBES + 4;
    /** Bytes before the bits. */
    static final int HEADER_BYTES = BITS + 4;

    private BloomLayout() {}
}
