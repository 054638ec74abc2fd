package io.ocssd.geometry.page;

/**
 * Bytes of a chunk descriptor, little endian (Open-Channel SSD 2.0, log page 0xCA, chunk information). Names are the
 * specification's.
 *
 * <pre>
 *    0  cs: state, one bit: 0x1 free, 0x2 closed, 0x4 open, 0x8 offline    u8
 *    1  ct: 0x1 written in order, 0x2 anywhere; 0x10 size deviates         u8
 *    2  wli: wear-level index, 0 new to 255 worn out                       u8
 *    3  reserved                                                           5
 *    8  slba: device address of sector 0                                   u64
 *   16  cnlb: sectors                                                      u64
 *   24  wp: sectors written                                                u64
 * </pre>
 *
 * <p>The log page is these for every block, offline ones too, by channel, LUN, block; nothing before, between or after.
 */
final class ChunkDescriptorLayout {
    static final int STATE_OFFSET = 0;
    static final int TYPE_OFFSET = STATE_OFFSET + Byte.BYTES;
    static final int WEAR_OFFSET = TYPE_OFFSET + Byte.BYTES;
    static final int SLBA_OFFSET = WEAR_OFFSET + Byte.BYTES + 5;
    static final int SECTORS_OFFSET = SLBA_OFFSET + Long.BYTES;
    static final int WRITE_POINTER_OFFSET = SECTORS_OFFSET + Long.BYTES;
    static final int BYTES = WRITE_POINTER_OFFSET + Long.BYTES;

    static final int STATE_FREE = 1;
    static final int STATE_CLOSED = 1 << 1;
    static final int STATE_OPEN = 1 << 2;
    static final int STATE_OFFLINE = 1 << 3;

    static final int TYPE_SEQUENTIAL = 1;
    static final int TYPE_RANDOM = 1 << 1;
    static final int TYPE_SIZE_DEVIATES = 1 << 4;

    private ChunkDescriptorLayout() {}
}
