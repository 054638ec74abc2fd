package io.ocssd.geometry.page;

import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.device.Timings;
import io.ocssd.error.CorruptException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.error.OcssdException;
import io.ocssd.error.TooNewException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;

/**
 * What an Open-Channel SSD 2.0 drive says of itself: the content of the 4096 bytes of its geometry page (geometry command,
 * opcode 0xE2). {@code GeometryPageLayout} says where each field is, and how the specification calls it.
 *
 * <p>The page does not say how large a sector is: that is in the {@link NamespacePage}. Reserved and vendor specific bytes are
 * not kept. Immutable.
 *
 * @param minorVersion 0 to 255; the major one is 2
 * @param addressBits how wide the fields of the drive's addresses are
 * @param capabilityBits mccap as it is; {@link #capabilities} says what its known bits mean
 * @param wearThreshold how far the wear index of a block may be from the average before the drive tells of it, 0 to 255
 * @param channels 1 to 256
 * @param lunsPerChannel 1 to 256
 * @param blocksPerLun 1 to 2^24, and at most 2^31 - 1 blocks in all
 * @param sectorsPerBlock 1 to 2^24
 * @param wsMin smallest program in sectors, 1 to {@link Limits#MAX_ADDRESSES}, and no more than a block has
 * @param wsOpt best program in sectors, a multiple of {@code wsMin}
 * @param mwCunits sectors that must follow a sector before it can be read, 0 to 2^31 - 1
 * @param maxOpen open blocks at most; 0 when there is no limit
 * @param maxOpenPerLun open blocks of one LUN at most; 0 when only {@code maxOpen} limits them
 * @param timings typical and longest times, each 0 to 2^32 - 1 nanoseconds
 */
public record GeometryPage(
        int minorVersion,
        AddressBits addressBits,
        int capabilityBits,
        int wearThreshold,
        int channels,
        int lunsPerChannel,
        int blocksPerLun,
        int sectorsPerBlock,
        int wsMin,
        int wsOpt,
        int mwCunits,
        int maxOpen,
        int maxOpenPerLun,
        Timings timings) {
    /** Bytes of the page. */
    public static final int BYTES = GeometryPageLayout.BYTES;

    private static final int MAJOR_VERSION = 2;
    private static final String WHAT = "geometry page";

    /**
     * Widths of the fields of a drive's addresses, in bits.
     *
     * @param channel 0 to 8
     * @param lun 0 to 8
     * @param block 0 to 24
     * @param sector 0 to 24
     */
    public record AddressBits(int channel, int lun, int block, int sector) {
        /** As narrow as can be. */
        public static AddressBits of(Geometry geometry) {
            DeviceAddressFormat format = new DeviceAddressFormat(geometry);
            return new AddressBits(format.channelBits(), format.lunBits(), format.blockBits(), format.sectorBits());
        }
    }

    /** Checks every field. */
    public GeometryPage {
        Fields.check("minorVersion", minorVersion, 0, 255);
        Fields.check("wearThreshold", wearThreshold, 0, 255);
        Fields.check("channels", channels, 1, Ppa.MAX_CHANNELS);
        Fields.check("lunsPerChannel", lunsPerChannel, 1, Ppa.MAX_CHANNELS);
        Fields.check("blocksPerLun", blocksPerLun, 1, Ppa.MAX_BLOCKS);
        Fields.check("sectorsPerBlock", sectorsPerBlock, 1, Ppa.MAX_BLOCKS);
        Fields.check("wsMin", wsMin, 1, Math.min(Limits.MAX_ADDRESSES, sectorsPerBlock));
        if (wsOpt < wsMin || wsOpt % wsMin != 0) {
            throw new IllegalArgumentException("wsOpt=" + wsOpt + " is no multiple of wsMin=" + wsMin);
        }
        Fields.check("mwCunits", mwCunits, 0, Integer.MAX_VALUE);
        Fields.check("maxOpen", maxOpen, 0, Integer.MAX_VALUE);
        Fields.check("maxOpenPerLun", maxOpenPerLun, 0, Integer.MAX_VALUE);
        Fields.checkNanos("readNanos", timings.readNanos());
        Fields.checkNanos("maxReadNanos", timings.maxReadNanos());
        Fields.checkNanos("programNanos", timings.programNanos());
        Fields.checkNanos("maxProgramNanos", timings.maxProgramNanos());
        Fields.checkNanos("eraseNanos", timings.eraseNanos());
        Fields.checkNanos("maxEraseNanos", timings.maxEraseNanos());
        // The widths and the number of blocks are checked where they are used.
        new DeviceAddressFormat(
                new Geometry(channels, lunsPerChannel, blocksPerLun, sectorsPerBlock, 4096, 0),
                addressBits.channel(),
                addressBits.lun(),
                addressBits.block(),
                addressBits.sector());
    }

    /**
     * The page of a drive of version 2.0 with addresses as narrow as can be.
     *
     * @param wearThreshold 0 to 255
     */
    public static GeometryPage of(
            Geometry geometry, Limits limits, Capabilities capabilities, Timings timings, int wearThreshold) {
        int bits = (capabilities.copy() ? GeometryPageLayout.CAPABILITY_COPY : 0)
                | (capabilities.eraseFree() ? GeometryPageLayout.CAPABILITY_RESET_FREE : 0)
                | (capabilities.eraseOpen() ? GeometryPageLayout.CAPABILITY_RESET_OPEN : 0);
        return new GeometryPage(
                0,
                AddressBits.of(geometry),
                bits,
                wearThreshold,
                geometry.channels(),
                geometry.lunsPerChannel(),
                geometry.blocksPerLun(),
                geometry.sectorsPerBlock(),
                limits.wsMin(),
                limits.wsOpt(),
                limits.mwCunits(),
                limits.maxOpen(),
                limits.maxOpenPerLun(),
                timings);
    }

    /**
     * The shape of the drive.
     *
     * @param sectorBytes see {@link NamespacePage#sectorBytes}
     * @param oobBytes see {@link NamespacePage#oobBytes}
     * @throws IllegalArgumentException when these two are not possible
     */
    public Geometry geometry(int sectorBytes, int oobBytes) {
        return new Geometry(channels, lunsPerChannel, blocksPerLun, sectorsPerBlock, sectorBytes, oobBytes);
    }

    /**
     * The format of the drive's addresses, which knows its shape.
     *
     * @param sectorBytes see {@link NamespacePage#sectorBytes}
     * @param oobBytes see {@link NamespacePage#oobBytes}
     * @throws IllegalArgumentException when these two are not possible
     */
    public DeviceAddressFormat addressFormat(int sectorBytes, int oobBytes) {
        return new DeviceAddressFormat(
                geometry(sectorBytes, oobBytes),
                addressBits.channel(),
                addressBits.lun(),
                addressBits.block(),
                addressBits.sector());
    }

    /**
     * What the drive asks of its writers. A wsOpt beyond the {@link Limits#MAX_ADDRESSES} sectors of a command becomes the
     * largest multiple of wsMin that a command holds.
     */
    public Limits limits() {
        int most = Math.min(wsOpt, Limits.MAX_ADDRESSES / wsMin * wsMin);
        return new Limits(wsMin, most, mwCunits, maxOpen, maxOpenPerLun, 0);
    }

    /** What the drive can do beyond reading, programming and erasing, by the bits of mccap that are known. */
    public Capabilities capabilities() {
        return new Capabilities(
                false,
                (capabilityBits & GeometryPageLayout.CAPABILITY_COPY) != 0,
                (capabilityBits & GeometryPageLayout.CAPABILITY_RESET_FREE) != 0,
                (capabilityBits & GeometryPageLayout.CAPABILITY_RESET_OPEN) != 0);
    }

    /**
     * Writes the page; reserved and vendor specific bytes become zero.
     *
     * @param target of any byte order; its position stays
     * @param offset of the first byte
     * @throws IndexOutOfBoundsException when there is no room for {@link #BYTES}
     */
    public void encode(ByteBuffer target, int offset) {
        ByteBuffer page = Fields.cleared(target, offset, BYTES);
        page.put(GeometryPageLayout.MAJOR_OFFSET, (byte) MAJOR_VERSION)
                .put(GeometryPageLayout.MINOR_OFFSET, (byte) minorVersion)
                .put(GeometryPageLayout.GROUP_BITS_OFFSET, (byte) addressBits.channel())
                .put(GeometryPageLayout.PU_BITS_OFFSET, (byte) addressBits.lun())
                .put(GeometryPageLayout.CHUNK_BITS_OFFSET, (byte) addressBits.block())
                .put(GeometryPageLayout.SECTOR_BITS_OFFSET, (byte) addressBits.sector())
                .putInt(GeometryPageLayout.CAPABILITIES_OFFSET, capabilityBits)
                .put(GeometryPageLayout.WEAR_THRESHOLD_OFFSET, (byte) wearThreshold)
                .putShort(GeometryPageLayout.GROUPS_OFFSET, (short) channels)
                .putShort(GeometryPageLayout.PUS_OFFSET, (short) lunsPerChannel)
                .putInt(GeometryPageLayout.CHUNKS_OFFSET, blocksPerLun)
                .putInt(GeometryPageLayout.SECTORS_OFFSET, sectorsPerBlock)
                .putInt(GeometryPageLayout.WS_MIN_OFFSET, wsMin)
                .putInt(GeometryPageLayout.WS_OPT_OFFSET, wsOpt)
                .putInt(GeometryPageLayout.MW_CUNITS_OFFSET, mwCunits)
                .putInt(GeometryPageLayout.MAX_OPEN_OFFSET, maxOpen)
                .putInt(GeometryPageLayout.MAX_OPEN_PER_PU_OFFSET, maxOpenPerLun)
                .putInt(GeometryPageLayout.READ_TYPICAL_OFFSET, (int) timings.readNanos())
                .putInt(GeometryPageLayout.READ_MAX_OFFSET, (int) timings.maxReadNanos())
                .putInt(GeometryPageLayout.WRITE_TYPICAL_OFFSET, (int) timings.programNanos())
                .putInt(GeometryPageLayout.WRITE_MAX_OFFSET, (int) timings.maxProgramNanos())
                .putInt(GeometryPageLayout.RESET_TYPICAL_OFFSET, (int) timings.eraseNanos())
                .putInt(GeometryPageLayout.RESET_MAX_OFFSET, (int) timings.maxEraseNanos());
    }

    /**
     * Reads a page.
     *
     * @param source of any byte order; its position stays
     * @param offset of the first byte
     * @throws NotRecognisedException when it is not of version 2
     * @throws TooNewException when it is of a later version
     * @throws CorruptException when a field is not possible, or more than this library can address
     * @throws IndexOutOfBoundsException when there are fewer than {@link #BYTES}
     */
    public static GeometryPage decode(ByteBuffer source, int offset) throws OcssdException {
        ByteBuffer page = Fields.part(source, offset, BYTES);
        checkVersion(Byte.toUnsignedInt(page.get(GeometryPageLayout.MAJOR_OFFSET)));
        try {
            return new GeometryPage(
                    Byte.toUnsignedInt(page.get(GeometryPageLayout.MINOR_OFFSET)),
                    new AddressBits(
                            Byte.toUnsignedInt(page.get(GeometryPageLayout.GROUP_BITS_OFFSET)),
                            Byte.toUnsignedInt(page.get(GeometryPageLayout.PU_BITS_OFFSET)),
                            Byte.toUnsignedInt(page.get(GeometryPageLayout.CHUNK_BITS_OFFSET)),
                            Byte.toUnsignedInt(page.get(GeometryPageLayout.SECTOR_BITS_OFFSET))),
                    page.getInt(GeometryPageLayout.CAPABILITIES_OFFSET),
                    Byte.toUnsignedInt(page.get(GeometryPageLayout.WEAR_THRESHOLD_OFFSET)),
                    Short.toUnsignedInt(page.getShort(GeometryPageLayout.GROUPS_OFFSET)),
                    Short.toUnsignedInt(page.getShort(GeometryPageLayout.PUS_OFFSET)),
                    Fields.count(page, GeometryPageLayout.CHUNKS_OFFSET, "blocksPerLun"),
                    Fields.count(page, GeometryPageLayout.SECTORS_OFFSET, "sectorsPerBlock"),
                    Fields.count(page, GeometryPageLayout.WS_MIN_OFFSET, "wsMin"),
                    Fields.count(page, GeometryPageLayout.WS_OPT_OFFSET, "wsOpt"),
                    Fields.count(page, GeometryPageLayout.MW_CUNITS_OFFSET, "mwCunits"),
                    Fields.count(page, GeometryPageLayout.MAX_OPEN_OFFSET, "maxOpen"),
                    Fields.count(page, GeometryPageLayout.MAX_OPEN_PER_PU_OFFSET, "maxOpenPerLun"),
                    new Timings(
                            Fields.unsigned(page, GeometryPageLayout.READ_TYPICAL_OFFSET),
                            Fields.unsigned(page, GeometryPageLayout.WRITE_TYPICAL_OFFSET),
                            Fields.unsigned(page, GeometryPageLayout.RESET_TYPICAL_OFFSET),
                            Fields.unsigned(page, GeometryPageLayout.READ_MAX_OFFSET),
                            Fields.unsigned(page, GeometryPageLayout.WRITE_MAX_OFFSET),
                            Fields.unsigned(page, GeometryPageLayout.RESET_MAX_OFFSET)));
        } catch (IllegalArgumentException e) {
            throw Fields.corrupt(WHAT, e);
        }
    }

    private static void checkVersion(int major) throws OcssdException {
        if (major > MAJOR_VERSION) {
            throw new TooNewException(
                    WHAT + ": version " + major + " is newer than the " + MAJOR_VERSION + " that is known here",
                    "use a version of ocssd that knows it");
        }
        if (major < MAJOR_VERSION) {
            throw new NotRecognisedException(
                    WHAT + ": its first byte, the version, is " + major + ", and not " + MAJOR_VERSION,
                    major == 1
                            ? "it may be the identification of an Open-Channel SSD 1.2, which is laid out otherwise"
                            : "give the 4096 bytes that an Open-Channel SSD 2.0 answers the geometry command with");
        }
    }
}
