package io.ocssd.geometry.address;

/**
 * Addresses in liblightnvm's generic format of Open-Channel SSD 2.0, for exchange with its tools.
 *
 * <pre>
 *   63      56 55     48 47            32 31                            0
 *   | channel | LUN     | block          | sector                       |
 *     pugrp 8   punit 8   chunk 16         sectr 32
 * </pre>
 *
 * <p>It holds fewer blocks of a LUN than {@link io.ocssd.device.Ppa} does: {@link AddressConverter} refuses those from
 * 65536 on. The order of the packed values, compared unsigned, is channel, LUN, block, sector.
 */
public final class GenericAddress {
    /** Largest number of blocks of a LUN. */
    public static final int MAX_BLOCKS = 1 << 16;

    static final int SECTOR_BITS = 32;
    static final int BLOCK_BITS = 16;

    private static final int CHANNEL_SHIFT = 56;
    private static final int LUN_SHIFT = 48;
    private static final int BLOCK_SHIFT = SECTOR_BITS;
    private static final int CHANNEL_MASK = 0xFF;
    private static final int BLOCK_MASK = MAX_BLOCKS - 1;
    private static final long SECTOR_MASK = 0xFFFF_FFFFL;

    private GenericAddress() {}

    /**
     * Packs an address.
     *
     * @param sector 0 to 2^32 - 1
     * @throws IllegalArgumentException when a field does not fit its bits
     */
    public static long of(int channel, int lun, int block, long sector) {
        if (((channel | lun) & ~CHANNEL_MASK) != 0 || (block & ~BLOCK_MASK) != 0 || (sector & ~SECTOR_MASK) != 0) {
            throw new IllegalArgumentException(
                    "channel=" + channel + ", lun=" + lun + ", block=" + block + ", sector=" + sector);
        }
        return (long) channel << CHANNEL_SHIFT | (long) lun << LUN_SHIFT | (long) block << BLOCK_SHIFT | sector;
    }

    /** Channel (pugrp), 0 to 255. */
    public static int channel(long generic) {
        return (int) (generic >>> CHANNEL_SHIFT);
    }

    /** LUN within its channel (punit), 0 to 255. */
    public static int lun(long generic) {
        return (int) (generic >>> LUN_SHIFT) & CHANNEL_MASK;
    }

    /** Block within its LUN (chunk), 0 to 65535. */
    public static int block(long generic) {
        return (int) (generic >>> BLOCK_SHIFT) & BLOCK_MASK;
    }

    /** Sector within its block (sectr), 0 to 2^32 - 1. */
    public static long sector(long generic) {
        return generic & SECTOR_MASK;
    }
}
