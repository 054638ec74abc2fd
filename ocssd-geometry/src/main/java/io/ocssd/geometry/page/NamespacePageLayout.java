package io.ocssd.geometry.page;

/**
 * Bytes of the identify namespace page that matter here (NVMe, identify, CNS 0), little endian.
 *
 * <pre>
 *      0  nsze: logical blocks of the address space          u64
 *     25  nlbaf: formats, less one                           u8
 *     26  flbas: bits 0-3 the format in use; bit 4 metadata
 *                behind the data of each block               u8
 *     33  dlfeat: bits 0-2 what deallocated blocks read as:
 *                0 not said, 1 zeros, 2 ones                 u8
 *    128  lbaf, 16 formats of 4 bytes:
 *           0  ms: metadata bytes                            u16
 *           2  lbads: log2 of the data bytes                 u8
 *           3  rp                                            u8
 *    384  vendor specific; first byte 1: open-channel        3712
 * </pre>
 */
final class NamespacePageLayout {
    static final int SECTORS_OFFSET = 0;
    static final int FORMATS_OFFSET = 25;
    static final int FORMAT_IN_USE_OFFSET = 26;
    static final int DEALLOCATED_OFFSET = 33;
    static final int FORMAT_TABLE_OFFSET = 128;
    static final int VENDOR_OFFSET = 384;
    static final int BYTES = 4096;

    static final int FORMAT_BYTES = 4;
    static final int FORMAT_OOB_OFFSET = 0;
    static final int FORMAT_SECTOR_BITS_OFFSET = FORMAT_OOB_OFFSET + Short.BYTES;

    static final int FORMAT_MASK = 0xF;
    static final int EXTENDED = 1 << 4;
    static final int DEALLOCATED_MASK = 0x7;
    static final int OPEN_CHANNEL = 1;

    private NamespacePageLayout() {}
}
