package io.ocssd.geometry.emulator;

/**
 * Bytes of the lock page of an image, little endian. Who holds the image holds a lock of the operating system on it, which
 * dies with its process; the bytes only say who that is.
 *
 * <pre>
 *    0  magic "OCSSDLCK"            8
 *    8  version                     u32
 *   12  length: the checked bytes   u32, always 32
 *   16  owner id of the image       u64
 *   24  process id of the holder    u64
 *   32  CRC32C of bytes 0 to 31     u32
 * </pre>
 */
final class LockPageLayout {
    /** "OCSSDLCK", read as a little-endian number. */
    static final long MAGIC = 0x4B43_4C44_5353_434FL;

    static final int VERSION = 1;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int OWNER_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int PROCESS_OFFSET = OWNER_ID_OFFSET + Long.BYTES;
    static final int CHECKSUM_OFFSET = PROCESS_OFFSET + Long.BYTES;
    static final int BYTES = CHECKSUM_OFFSET + Integer.BYTES;

    private LockPageLayout() {}
}
