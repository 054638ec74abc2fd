package io.ocssd.geometry.page;

/**
 * Bytes of a chunk descriptor (Open-Channel SSD 2.0, chunk information log page), little endian.
 *
 * <pre>
 *    0  cs: 0x1 free, 0x2 closed, 0x4 open, 0x8 offline    u8
 *    1  ct: 0x1 written in order, 0x2 anywhere;
 *           0x10 when cnlb differs from clba               u8
 *    2  wli: wear-level index                              u8
 *    3  reserved                                           5
 *    8  slba: device address of the first logical block    u64
 *   16  cnlb: logical blocks of the chunk                  u64
 *   24  wp: logical blocks written, relative to slba       u64
 * </pre>
 */
final class ChunkDescriptorLayout {
    static final int STATE_OFFSET = 0;
    static final int TYPE_OFFSET = STATE_OFFSET + Byte.BYTES;
    static final int WEAR_OFFSET = TYPE_OFFSET + Byte.BYTES;
    static final int SLBA_OFFSET = WEAR_OFFSET + Byte.BYTES + 5;
    static final int SECTORS_OFFSET = SLBA_OFFSET + Long.BYTES;
    static final int WRITE_POINTER_OFFSET = SECTORS_OFFSET + Long.BYTES;
    static final int BYTES = WRITE_POINTER_OFFSET + Long.BYTES;

    static final int FREE = 0x1;
    static final int CLOSED = 0x2;
    static final int OPEN = 0x4;
    static final int OFFLINE = 0x8;

    static final int SEQUENTIAL = 0x1;
    static final int RANDOM = 0x2;
    static final int DEVIATES = 0x10;

    private ChunkDescriptorLayout() {}
}
