package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;

/**
 * The logical block addresses of an Open-Channel SSD 2.0 drive of one geometry.
 *
 * <p>Fields from the least significant bit: sector, block (chunk), LUN (parallel unit), channel (group), each
 * {@code ceil(log2(count))} bits wide and so without a single bit when its count is 1:
 *
 * <pre>
 *   63                                                                0
 *   | zero | channel     | LUN     | block     | sector               |
 *            channelBits   lunBits   blockBits   sectorBits
 * </pre>
 *
 * <p>Where a count is no power of two the address space has holes: an address inside one is refused, and not taken for
 * its neighbour. Immutable.
 */
public final class DeviceAddressFormat {
    private final Geometry geometry;
    private final int sectorBits;
    private final int blockBits;
    private final int lunBits;
    private final int channelBits;

    /** The format of the drives of this geometry. */
    public DeviceAddressFormat(Geometry geometry) {
        this.geometry = geometry;
        this.sectorBits = bitsFor(geometry.sectorsPerBlock());
        this.blockBits = bitsFor(geometry.blocksPerLun());
        this.lunBits = bitsFor(geometry.lunsPerChannel());
        this.channelBits = bitsFor(geometry.channels());
    }

    /** Bits of the sector field, 0 to 24. */
    public int sectorBits() {
        return sectorBits;
    }

    /** Bits of the block field, 0 to 24. */
    public int blockBits() {
        return blockBits;
    }

    /** Bits of the LUN field, 0 to 8. */
    public int lunBits() {
        return lunBits;
    }

    /** Bits of the channel field, 0 to 8. */
    public int channelBits() {
        return channelBits;
    }

    /**
     * The drive's address of a sector.
     *
     * @param ppa packed as {@link Ppa} says
     * @throws IllegalArgumentException when a field is outside the geometry; each such field is named
     */
    public long pack(long ppa) {
        geometry.checkAddress(ppa);
        long address = Ppa.channel(ppa);
        address = address << lunBits | Ppa.lun(ppa);
        address = address << blockBits | Ppa.block(ppa);
        return address << sectorBits | Ppa.sector(ppa);
    }

    /**
     * The sector that a drive's address means, packed as {@link Ppa} says.
     *
     * @param deviceAddress all 64 bits, unsigned
     * @throws IllegalArgumentException when bits above the highest field are set or a field is outside the geometry; each
     *     such field is named
     */
    public long unpack(long deviceAddress) {
        long rest = deviceAddress;
        int sector = (int) (rest & mask(sectorBits));
        rest >>>= sectorBits;
        int block = (int) (rest & mask(blockBits));
        rest >>>= blockBits;
        int lun = (int) (rest & mask(lunBits));
        rest >>>= lunBits;
        int channel = (int) (rest & mask(channelBits));
        rest >>>= channelBits;
        if (rest != 0) {
            throw new IllegalArgumentException(String.format(
                    "deviceAddress=0x%X has bits above the %d that this geometry uses",
                    deviceAddress, sectorBits + blockBits + lunBits + channelBits));
        }
        long ppa = Ppa.of(channel, lun, block, sector);
        geometry.checkAddress(ppa);
        return ppa;
    }

    private static long mask(int bits) {
        return (1L << bits) - 1;
    }

    private static int bitsFor(int count) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(count - 1);
    }
}
