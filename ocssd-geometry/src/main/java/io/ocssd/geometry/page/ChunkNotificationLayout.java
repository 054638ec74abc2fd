package io.ocssd.geometry.page;

/**
 * Bytes of an entry of the chunk notification log (Open-Channel SSD 2.0, log 0xD0), little endian.
 *
 * <pre>
 *    0  nc: number of the notification                     u64
 *    8  lba: device address                                u64
 *   16  nsid                                               u32
 *   20  state: bits 0-3 error rate low, medium, high,
 *              unrecoverable; 4 refreshed by the device;
 *              8 wear-level index outside the threshold    u16
 *   22  mask: bits 0 sector, 1 chunk, 2 PU                 u8
 *   23  reserved                                           9
 *   32  nlb: logical blocks, less one                      u16
 *   34  reserved                                           30
 * </pre>
 */
final class ChunkNotificationLayout {
    static final int NUMBER_OFFSET = 0;
    static final int ADDRESS_OFFSET = NUMBER_OFFSET + Long.BYTES;
    static final int NAMESPACE_OFFSET = ADDRESS_OFFSET + Long.BYTES;
    static final int STATE_OFFSET = NAMESPACE_OFFSET + Integer.BYTES;
    static final int MASK_OFFSET = STATE_OFFSET + Short.BYTES;
    static final int SECTORS_OFFSET = MASK_OFFSET + Byte.BYTES + 9;
    static final int BYTES = SECTORS_OFFSET + Short.BYTES + 30;

    private ChunkNotificationLayout() {}
}
