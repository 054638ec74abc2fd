package io.ocssd.geometry.decorator;

/**
 * Bytes of a {@link RecordFile}, little endian: a header, then records, each as long as it needs.
 *
 * <pre>
 *    0  magic, by the kind of file          8
 *    8  version                             u32
 *   12  CRC32C of bytes 0 to 11             u32
 *   16  first record
 *
 *   of a record:
 *    0  length of the payload               u32, 1 to 16777216
 *    4  the length again, all bits flipped  u32
 *    8  CRC32C of the payload               u32
 *   12  payload
 * </pre>
 *
 * <p>Records are appended, each by one write. A file whose writer died ends inside a record, or with zeros where the host
 * died too: that torn tail belongs to no record. A record that is damaged with others behind it is another matter, and is
 * refused; the second length tells a damaged length from a torn record.
 */
final class RecordFileLayout {
    static final int MAGIC_BYTES = 8;
    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + MAGIC_BYTES;
    static final int HEADER_CHECKSUM_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int HEADER_BYTES = HEADER_CHECKSUM_OFFSET + Integer.BYTES;

    static final int LENGTH_OFFSET = 0;
    static final int FLIPPED_LENGTH_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int CHECKSUM_OFFSET = FLIPPED_LENGTH_OFFSET + Integer.BYTES;
    static final int PAYLOAD_OFFSET = CHECKSUM_OFFSET + Integer.BYTES;
    static final int MAX_PAYLOAD = 1 << 24;

    private RecordFileLayout() {}
}
