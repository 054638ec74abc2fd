package io.ocssd.geometry.page;

import io.ocssd.device.Geometry;
import io.ocssd.error.CorruptException;
import java.nio.ByteBuffer;

/**
 * What an Open-Channel SSD 2.0 drive needs beside its {@link GeometryPage}: how large its sectors are, and a few words more, out
 * of the 4096 bytes of its identify namespace page (NVMe, identify, opcode 0x06, CNS 0). {@code NamespacePageLayout} says
 * where each field is; no other is kept. Immutable.
 *
 * @param sectors of the address space, holes included, unsigned; 2 to the power of its address bits
 * @param sectorBytes bytes of user data of a sector, a power of two from 512 to 65536
 * @param oobBytes out-of-band bytes of a sector, 0 to 64
 * @param extended whether the OOB of a sector follows its data in the same buffer, and not in a buffer of its own
 * @param deallocated what unwritten sectors read as when the drive does not refuse to read them
 * @param openChannel whether the page bears the mark by which Linux's driver knows Open-Channel SSDs
 */
public record NamespacePage(
        long sectors,
        int sectorBytes,
        int oobBytes,
        boolean extended,
        DeallocatedData deallocated,
        boolean openChannel) {
    /** Bytes of the page. */
    public static final int BYTES = NamespacePageLayout.BYTES;

    private static final String WHAT = "identify namespace page";
    private static final int MIN_SECTOR_SHIFT = 9;
    private static final int MAX_SECTOR_SHIFT = 16;

    /** What unwritten sectors read as (NVMe, DLFEAT), in the order of its codes. */
    public enum DeallocatedData {
        /** The drive does not say. */
        UNSPECIFIED,
        /** Bytes of 00h. */
        ZEROS,
        /** Bytes of FFh. */
        ONES
    }

    /** Checks every field. */
    public NamespacePage {
        // The same bounds, said once.
        new Geometry(1, 1, 1, 1, sectorBytes, oobBytes);
    }

    /**
     * Writes the page, with one LBA format; bytes that it does not look at become zero.
     *
     * @param target of any byte order; its position stays
     * @param offset of the first byte
     * @throws IndexOutOfBoundsException when there is no room for {@link #BYTES}
     */
    public void encode(ByteBuffer target, int offset) {
        int format = NamespacePageLayout.FORMAT_TABLE_OFFSET;
        Fields.cleared(target, offset, BYTES)
                .putLong(NamespacePageLayout.SECTORS_OFFSET, sectors)
                .put(NamespacePageLayout.FORMAT_IN_USE_OFFSET, (byte) (extended ? NamespacePageLayout.EXTENDED : 0))
                .put(NamespacePageLayout.DEALLOCATED_OFFSET, (byte) deallocated.ordinal())
                .putShort(format + NamespacePageLayout.OOB_BYTES_OFFSET, (short) oobBytes)
                .put(format + NamespacePageLayout.SECTOR_SHIFT_OFFSET, (byte)
                        Integer.numberOfTrailingZeros(sectorBytes))
                .put(NamespacePageLayout.OPEN_CHANNEL_OFFSET, (byte) (openChannel ? 1 : 0));
    }

    /**
     * Reads a page. Codes of deallocated data that the standard reserves count as unspecified.
     *
     * @param source of any byte order; its position stays
     * @param offset of the first byte
     * @throws CorruptException when the format in use is not one of the page, or a field of it is not possible here
     * @throws IndexOutOfBoundsException when there are fewer than {@link #BYTES}
     */
    public static NamespacePage decode(ByteBuffer source, int offset) throws CorruptException {
        ByteBuffer page = Fields.part(source, offset, BYTES);
        int inUse = page.get(NamespacePageLayout.FORMAT_IN_USE_OFFSET);
        int number = inUse & NamespacePageLayout.FORMAT_MASK;
        int deallocated = page.get(NamespacePageLayout.DEALLOCATED_OFFSET) & NamespacePageLayout.DEALLOCATED_MASK;
        DeallocatedData[] codes = DeallocatedData.values();
        try {
            int last = Byte.toUnsignedInt(page.get(NamespacePageLayout.FORMATS_OFFSET));
            Fields.check("number of the LBA format in use", number, 0, last);
            int format = NamespacePageLayout.FORMAT_TABLE_OFFSET + number * NamespacePageLayout.FORMAT_BYTES;
            int shift = Byte.toUnsignedInt(page.get(format + NamespacePageLayout.SECTOR_SHIFT_OFFSET));
            Fields.check("log2 of the bytes of a sector", shift, MIN_SECTOR_SHIFT, MAX_SECTOR_SHIFT);
            return new NamespacePage(
                    page.getLong(NamespacePageLayout.SECTORS_OFFSET),
                    1 << shift,
                    Short.toUnsignedInt(page.getShort(format + NamespacePageLayout.OOB_BYTES_OFFSET)),
                    (inUse & NamespacePageLayout.EXTENDED) != 0,
                    deallocated < codes.length ? codes[deallocated] : DeallocatedData.UNSPECIFIED,
                    page.get(NamespacePageLayout.OPEN_CHANNEL_OFFSET) == 1);
        } catch (IllegalArgumentException e) {
            throw Fields.corrupt(WHAT, e);
        }
    }
}
