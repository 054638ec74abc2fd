package io.ocssd.geometry.page;

/**
 * Bytes of a chunk notification, little endian (Open-Channel SSD 2.0, log page 0xD0). Names are the specification's.
 *
 * <pre>
 *    0  nc: notification count, 0 in an entry that holds none             u64
 *    8  lba: device address                                               u64
 *   16  nsid: namespace                                                   u32
 *   20  state: error rate 0x1 low, 0x2 medium, 0x4 high;
 *              0x8 unrecoverable, 0x10 refreshed by the device,
 *              0x100 wear index far from the average                      u16
 *   22  mask: 0x1 sectors, 0x2 the block, 0x4 the LUN                     u8
 *   23  reserved                                                          9
 *   32  nlb: sectors that it is about, less one                           u16
 *   34  reserved                                                          30
 * </pre>
 */
final class ChunkNotificationLayout {
    static final int COUNT_OFFSET = 0;
    static final int ADDRESS_OFFSET = COUNT_OFFSET + Long.BYTES;
    static final int NAMESPACE_OFFSET = ADDRESS_OFFSET + Long.BYTES;
    static final int STATE_OFFSET = NAMESPACE_OFFSET + Integer.BYTES;
    static final int MASK_OFFSET = STATE_OFFSET + Short.BYTES;
    static final int SECTORS_OFFSET = MASK_OFFSET + Byte.BYTES + 9;
    static final int BYTES = SECTORS_OFFSET + Short.BYTES + 30;

    private ChunkNotificationLayout() {}
}
