package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;

/**
 * Moves the four fields between a packed form, in which every field has a fixed place, and a drive's own form, in which
 * they lie close together: masks and shifts worked out once, nothing but those and one comparison per address.
 *
 * <p>In both forms channel, LUN, block and sector follow each other from the top, and no field of the drive lies higher
 * than in the packed form; so every field is shifted to the right on its way to the drive, and masked where it arrives.
 *
 * <p><b>The check</b>. A field of {@code b} bits may hold less than {@code count = 2^b - gap} values. Adding {@code gap}
 * to it carries into the bit above exactly when it holds {@code count} or more; where the packed field has a bit above,
 * that bit is one that no good address sets, and one addition and one mask clear all four fields at once. What they do
 * not clear is looked at field by field: bad addresses, and every address of a geometry that fills a packed field
 * without its count being a power of two, so that there is no bit above.
 */
final class FieldMover {
    private static final int CHANNEL_PLACE = 56;
    private static final int LUN_PLACE = 48;
    private static final int CHANNEL_WIDTH = 8;
    private static final long CHANNEL = -1L << CHANNEL_PLACE;

    private final Geometry geometry;
    private final int blockPlace;
    private final int blockWidth;

    private final int blockShift;
    private final int lunShift;
    private final int channelShift;
    private final long sectorMask;
    private final long blockMask;
    private final long lunMask;
    private final long channelMask;
    private final long blockUnit;
    private final long lunUnit;
    private final long channelUnit;
    private final long blockFactor;
    private final long lunFactor;
    private final long channelFactor;
    /** Bits of the drive's form that no packed address can fill. */
    private final long foreign;
    /** Bits of the packed form that no good address sets. */
    private final long outside;
    /** What makes every field that is too large carry into {@link #outside}. */
    private final long gaps;

    /**
     * Between a drive and a packed form.
     *
     * @param packedSectorBits bits of the packed sector field; the block field fills what is left below bit 48
     */
    FieldMover(DeviceAddressFormat drive, int packedSectorBits) {
        this.geometry = drive.geometry();
        this.blockPlace = packedSectorBits;
        this.blockWidth = LUN_PLACE - packedSectorBits;
        int driveBlock = drive.sectorBits();
        int driveLun = driveBlock + drive.blockBits();
        int driveChannel = driveLun + drive.lunBits();

        int sectors = bitsOf(geometry.sectorsPerBlock());
        int blocks = Math.min(blockWidth, bitsOf(geometry.blocksPerLun()));
        int luns = bitsOf(geometry.lunsPerChannel());
        int channels = bitsOf(geometry.channels());
        this.blockShift = blockPlace - driveBlock;
        this.lunShift = LUN_PLACE - driveLun;
        this.channelShift = CHANNEL_PLACE - driveChannel;
        this.sectorMask = mask(sectors);
        this.blockMask = mask(blocks) << driveBlock;
        this.lunMask = mask(luns) << driveLun;
        this.channelMask = mask(channels) << driveChannel;
        this.blockUnit = 1L << driveBlock;
        this.lunUnit = 1L << driveLun;
        this.channelUnit = 1L << driveChannel;
        this.blockFactor = 1L << blockShift;
        this.lunFactor = 1L << lunShift;
        this.channelFactor = 1L << channelShift;
        this.foreign = ~(sectorMask | blockMask | lunMask | channelMask);
        if (isTight(geometry.sectorsPerBlock(), packedSectorBits)
                || isTight(geometry.blocksPerLun(), blockWidth)
                || isTight(geometry.lunsPerChannel(), CHANNEL_WIDTH)
                || isTight(geometry.channels(), CHANNEL_WIDTH)) {
            // Of a number and its successor one has bits set: nothing is cleared at once.
            this.outside = -1L;
            this.gaps = 1;
        } else {
            this.outside = ~(sectorMask | blockMask << blockShift | lunMask << lunShift | channelMask << channelShift);
            this.gaps = gap(geometry.sectorsPerBlock())
                    | gap(Math.min(geometry.blocksPerLun(), 1 << blockWidth)) << blockPlace
                    | gap(geometry.lunsPerChannel()) << LUN_PLACE
                    | gap(geometry.channels()) << CHANNEL_PLACE;
        }
    }

    /** Bits that a field of so many values needs; none when there is one value only. */
    static int bitsOf(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }

    /** By how much a field of so many values falls short of what its bits could tell. */
    private static long gap(int count) {
        return (1L << bitsOf(count)) - count;
    }

    /** Whether the field is full and yet holds values that are none of the geometry. */
    private static boolean isTight(int count, int width) {
        return bitsOf(count) == width && Integer.bitCount(count) != 1;
    }

    /** Whether a packed address is one of the geometry. */
    boolean isInside(long packed) {
        return ((packed | (packed + gaps)) & outside) == 0 || faults(packed) == 0;
    }

    /** Whether a drive's address is one of the geometry, and fits the packed form. */
    boolean isDeviceInside(long device) {
        long packed = fromDevice(device);
        return ((device & foreign) | ((packed + gaps) & outside)) == 0
                || ((device & foreign) == 0 && faults(packed) == 0);
    }

    /**
     * The drive's form of four good fields. Multiplies where it could shift, since compilers up to those of JDK 17 pass every
     * shift whose distance is not known beforehand through one register.
     */
    long join(long channel, long lun, long block, long sector) {
        return channel * channelUnit | lun * lunUnit | block * blockUnit | sector;
    }

    /**
     * The packed form of a drive's address; what is outside the geometry becomes some other address. Multiplies, too. The
     * channel is the uppermost field, so what is below it is cut off where it arrives, without a mask of its own.
     */
    long fromDevice(long device) {
        return (device & sectorMask)
                | (device & blockMask) * blockFactor
                | (device & lunMask) * lunFactor
                | ((device * channelFactor) & CHANNEL);
    }

    /** The drive's form of a good packed address, by shifts, which many processors have for whole vectors. */
    private long toDeviceByShifts(long packed) {
        return (packed & sectorMask)
                | ((packed >>> blockShift) & blockMask)
                | ((packed >>> lunShift) & lunMask)
                | ((packed >>> channelShift) & channelMask);
    }

    /** The way back by shifts. */
    private long fromDeviceByShifts(long device) {
        return (device & sectorMask)
                | (device & blockMask) << blockShift
                | (device & lunMask) << lunShift
                | (device & channelMask) << channelShift;
    }

    /** Which fields of a packed address are outside the geometry, as bits of {@link AddressFault}. */
    int faults(long packed) {
        return faultIf(packed >>> CHANNEL_PLACE >= geometry.channels(), AddressFault.CHANNEL)
                | faultIf(((packed >>> LUN_PLACE) & mask(CHANNEL_WIDTH)) >= geometry.lunsPerChannel(), AddressFault.LUN)
                | faultIf(((packed >>> blockPlace) & mask(blockWidth)) >= geometry.blocksPerLun(), AddressFault.BLOCK)
                | faultIf((packed & mask(blockPlace)) >= geometry.sectorsPerBlock(), AddressFault.SECTOR);
    }

    static int faultIf(boolean wrong, AddressFault fault) {
        return wrong ? fault.bit() : 0;
    }

    /** The first index of packed addresses outside the geometry, or {@code end}. */
    int firstOutside(long[] packed, int begin, int end) {
        // Without a branch for each, so that it runs as wide as the processor can; the culprit is looked for
        // afterwards.
        long gap = gaps;
        long wrong = 0;
        for (int i = begin; i < end; i++) {
            wrong |= packed[i] | (packed[i] + gap);
        }
        if ((wrong & outside) == 0) {
            return end;
        }
        int index = begin;
        while (index < end && isInside(packed[index])) {
            index++;
        }
        return index;
    }

    /** The first index of drive's addresses outside the geometry or the packed form, or {@code end}. */
    int firstDeviceOutside(long[] device, int begin, int end) {
        long gap = gaps;
        long wrong = 0;
        long wrongDevice = 0;
        for (int i = begin; i < end; i++) {
            wrong |= fromDeviceByShifts(device[i]) + gap;
            wrongDevice |= device[i];
        }
        if (((wrong & outside) | (wrongDevice & foreign)) == 0) {
            return end;
        }
        int index = begin;
        while (index < end && isDeviceInside(device[index])) {
            index++;
        }
        return index;
    }

    /**
     * Moves many to the drive's form where they lie, without a check. Of one array and one index compilers know that no
     * element depends on another.
     */
    void toDevice(long[] addresses, int begin, int end) {
        for (int i = begin; i < end; i++) {
            addresses[i] = toDeviceByShifts(addresses[i]);
        }
    }

    /** Moves many from the drive's form where they lie, without a check. */
    void fromDevice(long[] addresses, int begin, int end) {
        for (int i = begin; i < end; i++) {
            addresses[i] = fromDeviceByShifts(addresses[i]);
        }
    }
}
