package io.ocssd.geometry.page;

/**
 * Those bytes of the identify namespace page that an Open-Channel SSD is known by, little endian (NVMe, identify, opcode
 * 0x06, CNS 0). Names are the standard's.
 *
 * <pre>
 *      0  NSZE: sectors of the address space, holes included              u64
 *      8  not looked at                                                   17
 *     25  NLBAF: LBA formats, less one                                    u8
 *     26  FLBAS: bits 3:0 format in use, bit 4 OOB follows its sector     u8
 *     27  not looked at                                                   6
 *     33  DLFEAT: bits 2:0 what deallocated sectors read as               u8
 *     34  not looked at                                                   94
 *    128  LBAF: 16 formats                                                16 x 4
 *    192  not looked at                                                   192
 *    384  1: an Open-Channel SSD, as Linux's driver tells                 u8
 *    385  not looked at                                                   3711
 *
 *   an LBA format
 *      0  MS: OOB bytes of a sector                                       u16
 *      2  LBADS: log2 of the bytes of a sector                            u8
 *      3  RP                                                              u8
 * </pre>
 */
final class NamespacePageLayout {
    static final int SECTORS_OFFSET = 0;
    static final int FORMATS_OFFSET = SECTORS_OFFSET + Long.BYTES + 17;
    static final int FORMAT_IN_USE_OFFSET = FORMATS_OFFSET + Byte.BYTES;
    static final int DEALLOCATED_OFFSET = FORMAT_IN_USE_OFFSET + Byte.BYTES + 6;
    static final int FORMAT_TABLE_OFFSET = DEALLOCATED_OFFSET + Byte.BYTES + 94;
    static final int MAX_FORMATS = 16;
    static final int FORMAT_BYTES = 4;
    static final int OPEN_CHANNEL_OFFSET = FORMAT_TABLE_OFFSET + MAX_FORMATS * FORMAT_BYTES + 192;
    static final int BYTES = OPEN_CHANNEL_OFFSET + Byte.BYTES + 3711;

    /** In an LBA format. */
    static final int OOB_BYTES_OFFSET = 0;

    static final int SECTOR_SHIFT_OFFSET = OOB_BYTES_OFFSET + Short.BYTES;

    static final int FORMAT_MASK = 0xF;
    static final int EXTENDED = 1 << 4;
    static final int DEALLOCATED_MASK = 0x7;

    private NamespacePageLayout() {}
}
