package io.ocssd.device;

/**
 * Physical address of a sector, packed into one long: channel 8 bits, LUN 8, block 24, sector 24, most significant first.
 *
 * <p>The same on every revision; what a drive uses on the wire is a conversion in the geometry layer. The order of the
 * packed values, compared unsigned, is channel, LUN, block, sector.
 */
public final class Ppa {
    /** Largest number of channels, and of LUNs of a channel. */
    public static final int MAX_CHANNELS = 1 << 8;
    /** Largest number of blocks of a LUN, and of sectors of a block. */
    public static final int MAX_BLOCKS = 1 << 24;

    private static final int CHANNEL_SHIFT = 56;
    private static final int LUN_SHIFT = 48;
    private static final int BLOCK_SHIFT = 24;
    private static final int BLOCK_MASK = MAX_BLOCKS - 1;
    private static final int CHANNEL_MASK = MAX_CHANNELS - 1;

    private Ppa() {}

    /**
     * Packs an address.
     *
     * @throws IllegalArgumentException when a field does not fit its bits
     */
    public static long of(int channel, int lun, int block, int sector) {
        if (((channel | lun) & ~CHANNEL_MASK) != 0 || ((block | sector) & ~BLOCK_MASK) != 0) {
            throw new IllegalArgumentException(
                    "channel=" + channel + ", lun=" + lun + ", block=" + block + ", sector=" + sector);
        }
        return (long) channel << CHANNEL_SHIFT | (long) lun << LUN_SHIFT | (long) block << BLOCK_SHIFT | sector;
    }

    /** Channel, 0 to 255. */
    public static int channel(long ppa) {
        return (int) (ppa >>> CHANNEL_SHIFT);
    }

    /** LUN within its channel, 0 to 255. */
    public static int lun(long ppa) {
        return (int) (ppa >>> LUN_SHIFT) & CHANNEL_MASK;
    }

    /** Block within its LUN, 0 to 2^24 - 1. */
    public static int block(long ppa) {
        return (int) (ppa >>> BLOCK_SHIFT) & BLOCK_MASK;
    }

    /** Sector within its block, 0 to 2^24 - 1. */
    public static int sector(long ppa) {
        return (int) ppa & BLOCK_MASK;
    }

    /** The address of sector 0 of the same block. */
    public static long blockOf(long ppa) {
        return ppa & ~(long) BLOCK_MASK;
    }

    /** The address of another sector of the same block. */
    public static long withSector(long ppa, int sector) {
        if ((sector & ~BLOCK_MASK) != 0) {
            throw new IllegalArgumentException("sector=" + sector);
        }
        return blockOf(ppa) | sector;
    }

    /** The address as fields, in the form that the command line reads: {@code ch=0,lun=1,blk=7,sec=2}. */
    public static String toString(long ppa) {
        return "ch=" + channel(ppa) + ",lun=" + lun(ppa) + ",blk=" + block(ppa) + ",sec=" + sector(ppa);
    }
}
