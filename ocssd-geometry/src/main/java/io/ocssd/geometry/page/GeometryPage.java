package io.ocssd.geometry.page;

import static io.ocssd.geometry.page.GeometryPageLayout.CAPABILITIES_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.CHUNKS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.CHUNK_BITS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.COPY;
import static io.ocssd.geometry.page.GeometryPageLayout.GROUPS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.GROUP_BITS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MAJOR_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MAX_OPEN_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MAX_OPEN_PER_PU_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MAX_READ_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MAX_RESET_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MAX_WRITE_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MINOR_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.MW_CUNITS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.PUS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.PU_BITS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.READ_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.RESET_FREE;
import static io.ocssd.geometry.page.GeometryPageLayout.RESET_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.RESET_OPEN;
import static io.ocssd.geometry.page.GeometryPageLayout.SECTORS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.SECTOR_BITS_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.WEAR_THRESHOLD_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.WRITE_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.WS_MIN_OFFSET;
import static io.ocssd.geometry.page.GeometryPageLayout.WS_OPT_OFFSET;

import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import java.nio.ByteBuffer;

/**
 * What the geometry command of an Open-Channel SSD 2.0 answers: shape, limits, capabilities and times.
 *
 * <p>The page does not tell the bytes of a sector and of its OOB: those are in the {@link NamespacePage}; the geometry here is
 * made with what its reader says they are. Reserved and vendor specific bytes are written as zeros and not looked at.
 *
 * @param minorVersion minor version; the major one is 2
 * @param addresses the format of the drive's addresses, which knows the shape; its fields may be wider than the shape needs
 * @param limits what the drive asks of its writers; {@code maxActive} is 0. A page may say a wsOpt of more sectors than a
 *     command has addresses: what is read is then the largest multiple of wsMin that a command holds
 * @param capabilities what the drive can do; never {@code zoned}
 * @param wearThreshold how far the wear index of a chunk may be from the average unannounced, 0 to 255
 * @param timings typical and longest times, 0 to 2^32 - 1 ns each
 */
public record GeometryPage(
        int minorVersion,
        DeviceAddressFormat addresses,
        Limits limits,
        Capabilities capabilities,
        int wearThreshold,
        Timings timings) {
    /** Length of the page. */
    public static final int BYTES = GeometryPageLayout.BYTES;

    private static final int MAJOR_VERSION = 2;
    private static final long MAX_NANOS = 0xFFFF_FFFFL;

    /** The page of a drive whose addresses are as narrow as can be. */
    public GeometryPage(
            int minorVersion,
            Geometry geometry,
            Limits limits,
            Capabilities capabilities,
            int wearThreshold,
            Timings timings) {
        this(minorVersion, new DeviceAddressFormat(geometry), limits, capabilities, wearThreshold, timings);
    }

    /** The shape. */
    public Geometry geometry() {
        return addresses.geometry();
    }

    /**
     * Writes the page.
     *
     * @param target {@link #BYTES} bytes from {@code offset} on are overwritten
     */
    public void encode(ByteBuffer target, int offset) {
        Geometry geometry = geometry();
        ByteBuffer page = LittleEndian.view(target, offset, BYTES);
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            page.putLong(i, 0);
        }
        page.put(MAJOR_OFFSET, (byte) MAJOR_VERSION)
                .put(MINOR_OFFSET, (byte) minorVersion)
                .put(GROUP_BITS_OFFSET, (byte) addresses.channelBits())
                .put(PU_BITS_OFFSET, (byte) addresses.lunBits())
                .put(CHUNK_BITS_OFFSET, (byte) addresses.blockBits())
                .put(SECTOR_BITS_OFFSET, (byte) addresses.sectorBits())
                .putInt(CAPABILITIES_OFFSET, code(capabilities))
                .put(WEAR_THRESHOLD_OFFSET, (byte) wearThreshold)
                .putShort(GROUPS_OFFSET, (short) geometry.channels())
                .putShort(PUS_OFFSET, (short) geometry.lunsPerChannel())
                .putInt(CHUNKS_OFFSET, geometry.blocksPerLun())
                .putInt(SECTORS_OFFSET, geometry.sectorsPerBlock())
                .putInt(WS_MIN_OFFSET, limits.wsMin())
                .putInt(WS_OPT_OFFSET, limits.wsOpt())
                .putInt(MW_CUNITS_OFFSET, limits.mwCunits())
                .putInt(MAX_OPEN_OFFSET, limits.maxOpen())
                .putInt(MAX_OPEN_PER_PU_OFFSET, limits.maxOpenPerLun())
                .putInt(READ_OFFSET, nanos(timings.readNanos()))
                .putInt(MAX_READ_OFFSET, nanos(timings.maxReadNanos()))
                .putInt(WRITE_OFFSET, nanos(timings.programNanos()))
                .putInt(MAX_WRITE_OFFSET, nanos(timings.maxProgramNanos()))
                .putInt(RESET_OFFSET, nanos(timings.eraseNanos()))
                .putInt(MAX_RESET_OFFSET, nanos(timings.maxEraseNanos()));
    }

    /**
     * Reads a page.
     *
     * @param offset where in {@code source} it begins
     * @param sectorBytes bytes of a sector, from the namespace
     * @param oobBytes out-of-band bytes of a sector, from the namespace
     * @throws NotRecognisedException when it is not of version 2, or says something impossible
     */
    public static GeometryPage decode(ByteBuffer source, int offset, int sectorBytes, int oobBytes)
            throws NotRecognisedException {
        ByteBuffer page = LittleEndian.view(source, offset, BYTES);
        int major = page.get(MAJOR_OFFSET) & 0xFF;
        if (major != MAJOR_VERSION) {
            throw new NotRecognisedException(
                    "the geometry page is of version " + major + ", not of version " + MAJOR_VERSION,
                    "is this an Open-Channel SSD 2.0?");
        }
        try {
            Geometry geometry = new Geometry(
                    page.getShort(GROUPS_OFFSET) & 0xFFFF,
                    page.getShort(PUS_OFFSET) & 0xFFFF,
                    page.getInt(CHUNKS_OFFSET),
                    page.getInt(SECTORS_OFFSET),
                    sectorBytes,
                    oobBytes);
            DeviceAddressFormat addresses = new DeviceAddressFormat(
                    geometry,
                    page.get(GROUP_BITS_OFFSET) & 0xFF,
                    page.get(PU_BITS_OFFSET) & 0xFF,
                    page.get(CHUNK_BITS_OFFSET) & 0xFF,
                    page.get(SECTOR_BITS_OFFSET) & 0xFF);
            int capabilities = page.getInt(CAPABILITIES_OFFSET);
            return new GeometryPage(
                    page.get(MINOR_OFFSET) & 0xFF,
                    addresses,
                    limits(page),
                    new Capabilities(
                            false,
                            (capabilities & COPY) != 0,
                            (capabilities & RESET_FREE) != 0,
                            (capabilities & RESET_OPEN) != 0),
                    page.get(WEAR_THRESHOLD_OFFSET) & 0xFF,
                    timings(page));
        } catch (IllegalArgumentException e) {
            throw new NotRecognisedException(
                    "the geometry page makes no sense: " + e.getMessage(), "is this an Open-Channel SSD 2.0?");
        }
    }

    private static Limits limits(ByteBuffer page) {
        int wsMin = page.getInt(WS_MIN_OFFSET);
        int wsOpt = page.getInt(WS_OPT_OFFSET);
        boolean tooMany = wsOpt > Limits.MAX_ADDRESSES && wsMin > 0 && wsOpt % wsMin == 0;
        return new Limits(
                wsMin,
                tooMany ? Limits.MAX_ADDRESSES / wsMin * wsMin : wsOpt,
                page.getInt(MW_CUNITS_OFFSET),
                page.getInt(MAX_OPEN_OFFSET),
                page.getInt(MAX_OPEN_PER_PU_OFFSET),
                0);
    }

    private static Timings timings(ByteBuffer page) {
        return new Timings(
                page.getInt(READ_OFFSET) & MAX_NANOS,
                page.getInt(WRITE_OFFSET) & MAX_NANOS,
                page.getInt(RESET_OFFSET) & MAX_NANOS,
                page.getInt(MAX_READ_OFFSET) & MAX_NANOS,
                page.getInt(MAX_WRITE_OFFSET) & MAX_NANOS,
                page.getInt(MAX_RESET_OFFSET) & MAX_NANOS);
    }

    private static int code(Capabilities capabilities) {
        return (capabilities.copy() ? COPY : 0)
                | (capabilities.eraseFree() ? RESET_FREE : 0)
                | (capabilities.eraseOpen() ? RESET_OPEN : 0);
    }

    /** Longer times than the field can say are said as the longest that it can. */
    private static int nanos(long nanos) {
        return (int) Math.min(MAX_NANOS, nanos);
    }
}
