package io.ocssd.geometry.page;

import static io.ocssd.geometry.page.NamespacePageLayout.DEALLOCATED_MASK;
import static io.ocssd.geometry.page.NamespacePageLayout.DEALLOCATED_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.EXTENDED;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMATS_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMAT_BYTES;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMAT_IN_USE_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMAT_MASK;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMAT_OOB_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMAT_SECTOR_BITS_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.FORMAT_TABLE_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.OPEN_CHANNEL;
import static io.ocssd.geometry.page.NamespacePageLayout.SECTORS_OFFSET;
import static io.ocssd.geometry.page.NamespacePageLayout.VENDOR_OFFSET;

import io.ocssd.error.NotRecognisedException;
import java.nio.ByteBuffer;

/**
 * What of the identify namespace page (NVMe) an open-channel drive's reader needs: the geometry page does not tell the bytes
 * of a sector.
 *
 * @param sectors logical blocks of the address space, holes included
 * @param sectorBytes bytes of a sector, 512 to 65536
 * @param oobBytes out-of-band bytes of a sector, in a buffer of their own
 * @param deallocated what unwritten sectors read as: 0 not said, 1 zeros, 2 ones
 * @param openChannel whether the namespace says that it is an open-channel one (in the first vendor specific byte)
 */
public record NamespacePage(long sectors, int sectorBytes, int oobBytes, int deallocated, boolean openChannel) {
    /** Length of the page. */
    public static final int BYTES = NamespacePageLayout.BYTES;

    private static final int LEAST_SECTOR_BITS = 9;
    private static final int MOST_SECTOR_BITS = 16;

    /** Checks the sizes. */
    public NamespacePage {
        if (Integer.bitCount(sectorBytes) != 1
                || sectorBytes < 1 << LEAST_SECTOR_BITS
                || sectorBytes > 1 << MOST_SECTOR_BITS
                || oobBytes < 0
                || oobBytes > 0xFFFF) {
            throw new IllegalArgumentException("sectorBytes=" + sectorBytes + ", oobBytes=" + oobBytes);
        }
    }

    /**
     * Writes the page, with one format.
     *
     * @param target {@link #BYTES} bytes from {@code offset} on are overwritten
     */
    public void encode(ByteBuffer target, int offset) {
        ByteBuffer page = LittleEndian.view(target, offset, BYTES);
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            page.putLong(i, 0);
        }
        page.putLong(SECTORS_OFFSET, sectors)
                .put(DEALLOCATED_OFFSET, (byte) deallocated)
                .putShort(FORMAT_TABLE_OFFSET + FORMAT_OOB_OFFSET, (short) oobBytes)
                .put(FORMAT_TABLE_OFFSET + FORMAT_SECTOR_BITS_OFFSET, (byte) Integer.numberOfTrailingZeros(sectorBytes))
                .put(VENDOR_OFFSET, (byte) (openChannel ? OPEN_CHANNEL : 0));
    }

    /**
     * Reads a page.
     *
     * @param offset where in {@code source} it begins
     * @throws NotRecognisedException when its format in use is none, or has its metadata behind the data of each sector
     */
    public static NamespacePage decode(ByteBuffer source, int offset) throws NotRecognisedException {
        ByteBuffer page = LittleEndian.view(source, offset, BYTES);
        int inUse = page.get(FORMAT_IN_USE_OFFSET) & FORMAT_MASK;
        if (inUse > (page.get(FORMATS_OFFSET) & 0xFF)) {
            throw wrong("format " + inUse + " is in use, of " + ((page.get(FORMATS_OFFSET) & 0xFF) + 1));
        }
        int format = FORMAT_TABLE_OFFSET + inUse * FORMAT_BYTES;
        int oobBytes = page.getShort(format + FORMAT_OOB_OFFSET) & 0xFFFF;
        if (oobBytes > 0 && (page.get(FORMAT_IN_USE_OFFSET) & EXTENDED) != 0) {
            throw wrong("its metadata is behind the data of each sector, not in a buffer of its own");
        }
        int bits = page.get(format + FORMAT_SECTOR_BITS_OFFSET) & 0xFF;
        if (bits < LEAST_SECTOR_BITS || bits > MOST_SECTOR_BITS) {
            throw wrong("its sectors have 2^" + bits + " bytes");
        }
        return new NamespacePage(
                page.getLong(SECTORS_OFFSET),
                1 << bits,
                oobBytes,
                page.get(DEALLOCATED_OFFSET) & DEALLOCATED_MASK,
                page.get(VENDOR_OFFSET) == OPEN_CHANNEL);
    }

    private static NotRecognisedException wrong(String what) {
        return new NotRecognisedException(
                "the namespace can't be used: " + what, "format the namespace with another LBA format");
    }
}
