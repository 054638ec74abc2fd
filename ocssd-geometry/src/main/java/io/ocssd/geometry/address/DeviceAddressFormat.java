package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.Objects;

/**
 * The logical block addresses of an Open-Channel SSD 2.0 drive of one geometry.
 *
 * <p>Fields from the least significant bit: sector, block (chunk), LUN (parallel unit), channel (group). Each is
 * {@code ceil(log2(count))} bits wide, and so without a single bit when its count is 1, unless the drive's geometry page
 * says that it is wider:
 *
 * <pre>
 *   63                                                                0
 *   | zero | channel     | LUN     | block     | sector               |
 *            channelBits   lunBits   blockBits   sectorBits
 * </pre>
 *
 * <p>Where a count is less than its bits could tell the address space has holes: an address inside one is refused, and not
 * taken for its neighbour. Immutable.
 */
public final class DeviceAddressFormat {
    private static final int PPA_SECTOR_BITS = FieldMover.bitsOf(Ppa.MAX_BLOCKS);
    private static final int PPA_CHANNEL_BITS = FieldMover.bitsOf(Ppa.MAX_CHANNELS);

    private final Geometry geometry;
    private final int sectorBits;
    private final int blockBits;
    private final int lunBits;
    private final int channelBits;
    private final FieldMover ppas;

    /** The format of the drives of this geometry whose fields are as narrow as can be. */
    public DeviceAddressFormat(Geometry geometry) {
        this(
                geometry,
                FieldMover.bitsOf(geometry.channels()),
                FieldMover.bitsOf(geometry.lunsPerChannel()),
                FieldMover.bitsOf(geometry.blocksPerLun()),
                FieldMover.bitsOf(geometry.sectorsPerBlock()));
    }

    /**
     * The format of a drive that says itself how wide its fields are (Open-Channel SSD 2.0, geometry page, grp_len, pu_len,
     * chk_len and lbk_len).
     *
     * @param channelBits enough for the channels of the geometry, at most 8
     * @param lunBits enough for the LUNs of a channel, at most 8
     * @param blockBits enough for the blocks of a LUN, at most 24
     * @param sectorBits enough for the sectors of a block, at most 24
     * @throws IllegalArgumentException when a width is outside these bounds
     */
    public DeviceAddressFormat(Geometry geometry, int channelBits, int lunBits, int blockBits, int sectorBits) {
        this.geometry = geometry;
        this.sectorBits = checkBits("sectorBits", sectorBits, geometry.sectorsPerBlock(), PPA_SECTOR_BITS);
        this.blockBits = checkBits("blockBits", blockBits, geometry.blocksPerLun(), PPA_SECTOR_BITS);
        this.lunBits = checkBits("lunBits", lunBits, geometry.lunsPerChannel(), PPA_CHANNEL_BITS);
        this.channelBits = checkBits("channelBits", channelBits, geometry.channels(), PPA_CHANNEL_BITS);
        this.ppas = new FieldMover(this, PPA_SECTOR_BITS);
    }

    private static int checkBits(String name, int bits, int count, int most) {
        int least = FieldMover.bitsOf(count);
        if (bits < least || bits > most) {
            throw new IllegalArgumentException(name + "=" + bits + " is not in " + least + ".." + most
                    + ", the bits that " + count + " values need and those that an address has room for");
        }
        return bits;
    }

    /** The geometry whose addresses these are. */
    public Geometry geometry() {
        return geometry;
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

    /** Bits of all fields together, 0 to 64; the drive's address space, holes included, has 2 to the power of it sectors. */
    public int bits() {
        return channelBits + lunBits + blockBits + sectorBits;
    }

    /**
     * The drive's address of a sector.
     *
     * @param ppa packed as {@link Ppa} says
     * @throws IllegalArgumentException when a field is outside the geometry; each such field is named
     */
    public long pack(long ppa) {
        if (!ppas.isInside(ppa)) {
            throw AddressChecks.outside(this, AddressFormat.PPA, ppa);
        }
        return packGood(ppa);
    }

    /**
     * The sector that a drive's address means, packed as {@link Ppa} says.
     *
     * @param deviceAddress all 64 bits, unsigned
     * @throws IllegalArgumentException when bits above the highest field are set or a field is outside the geometry; each
     *     such field is named
     */
    public long unpack(long deviceAddress) {
        if (!ppas.isDeviceInside(deviceAddress)) {
            throw AddressChecks.outside(this, AddressFormat.DEVICE, deviceAddress);
        }
        return ppas.fromDevice(deviceAddress);
    }

    /** Formats of the same geometry with fields of the same widths are equal. */
    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceAddressFormat that
                && geometry.equals(that.geometry)
                && channelBits == that.channelBits
                && lunBits == that.lunBits
                && blockBits == that.blockBits
                && sectorBits == that.sectorBits;
    }

    @Override
    public int hashCode() {
        return Objects.hash(geometry, channelBits, lunBits, blockBits, sectorBits);
    }

    /** Geometry and widths. */
    @Override
    public String toString() {
        return geometry + " with bits " + channelBits + "/" + lunBits + "/" + blockBits + "/" + sectorBits;
    }

    /** The drive's address of a sector that is one of the geometry. */
    long packGood(long ppa) {
        return ppas.join(Ppa.channel(ppa), Ppa.lun(ppa), Ppa.block(ppa), Ppa.sector(ppa));
    }

    /** Between these addresses and {@link Ppa}. */
    FieldMover ppas() {
        return ppas;
    }

    /** One field of an address of this format, wider than the geometry needs it or not. */
    long channelOf(long deviceAddress) {
        return field(deviceAddress, sectorBits + blockBits + lunBits, channelBits);
    }

    long lunOf(long deviceAddress) {
        return field(deviceAddress, sectorBits + blockBits, lunBits);
    }

    long blockOf(long deviceAddress) {
        return field(deviceAddress, sectorBits, blockBits);
    }

    long sectorOf(long deviceAddress) {
        return field(deviceAddress, 0, sectorBits);
    }

    /** Whether bits above the highest field are set. */
    boolean hasUnusedBits(long deviceAddress) {
        return bits() < Long.SIZE && deviceAddress >>> bits() != 0;
    }

    private static long field(long deviceAddress, int place, int bits) {
        return (deviceAddress >>> place) & ((1L << bits) - 1);
    }
}
