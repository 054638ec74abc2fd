package io.ocssd.ftl.page;

import io.ocssd.ftl.media.Checksum;
import java.nio.ByteBuffer;

/**
 * What a unit keeps about its pages: behind those that one sync made durable, a batch of records. It takes whole places, and
 * ends with a footer, so that batches are found from the end of the unit backwards. Little endian.
 *
 * <pre>
 *    0                  +-------------------------------+-------------------------------+
 *                       | logical page                  | sequence                      |  by written page,
 *   16                  +-------------------------------+-------------------------------+  in the order of places
 *                       | ...                           | ...                           |
 *   16 * pages          +-------------------------------+-------------------------------+
 *                       | logical page                  | sequence                      |  by trim
 *   16 * (pages+trims)  +-------------------------------+-------------------------------+
 *                       | zeros                                                         |
 *   end - 64            +---------------+---------------+---------------+---------------+
 *                       | magic "OCPB"  | version       | first place   | pages         |
 *   end - 48            +---------------+---------------+---------------+---------------+
 *                       | trims         | places taken  | format id                     |
 *   end - 32            +---------------+---------------+-------------------------------+
 *                       | lowest sequence               | highest sequence              |
 *   end - 16            +-------------------------------+---------------+---------------+
 *                       | zeros                                         | CRC32C        |
 *   end                 +-----------------------------------------------+---------------+
 * </pre>
 *
 * <p>The first place is that of the first page of the batch, behind the batch before. The CRC32C is that of everything before it.
 */
final class BatchLayout {
    /** "OCPB", read as a little-endian int. */
    static final int MAGIC = 0x4250434f;

    static final int VERSION = 1;

    static final int RECORD_BYTES = 2 * Long.BYTES;
    static final int FOOTER_BYTES = 64;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Integer.BYTES;
    static final int FIRST_PLACE_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int PAGES_OFFSET = FIRST_PLACE_OFFSET + Integer.BYTES;
    static final int TRIMS_OFFSET = PAGES_OFFSET + Integer.BYTES;
    static final int PLACES_OFFSET = TRIMS_OFFSET + Integer.BYTES;
    static final int FORMAT_ID_OFFSET = PLACES_OFFSET + Integer.BYTES;
    static final int LOWEST_OFFSET = FORMAT_ID_OFFSET + Long.BYTES;
    static final int HIGHEST_OFFSET = LOWEST_OFFSET + Long.BYTES;
    static final int CRC_OFFSET = FOOTER_BYTES - Integer.BYTES;

    /**
     * A footer.
     *
     * @param firstPlace of the pages that it tells of
     * @param pages that it tells of
     * @param trims that it tells of
     * @param places that the batch takes
     * @param lowest sequence of its records
     * @param highest sequence of its records
     */
    record Footer(int firstPlace, int pages, int trims, int places, long formatId, long lowest, long highest) {}

    private BatchLayout() {}

    /** Places that a batch of so many records takes. */
    static int places(int records, int pageBytes) {
        return (records * RECORD_BYTES + FOOTER_BYTES + pageBytes - 1) / pageBytes;
    }

    /**
     * Writes the footer of a batch whose records and zeros are in the buffer already.
     *
     * @param batch little endian, from 0 to its limit
     */
    static void encode(ByteBuffer batch, Footer footer, Checksum checksum) {
        int at = batch.limit() - FOOTER_BYTES;
        batch.putInt(at + MAGIC_OFFSET, MAGIC);
        batch.putInt(at + VERSION_OFFSET, VERSION);
        batch.putInt(at + FIRST_PLACE_OFFSET, footer.firstPlace());
        batch.putInt(at + PAGES_OFFSET, footer.pages());
        batch.putInt(at + TRIMS_OFFSET, footer.trims());
        batch.putInt(at + PLACES_OFFSET, footer.places());
        batch.putLong(at + FORMAT_ID_OFFSET, footer.formatId());
        batch.putLong(at + LOWEST_OFFSET, footer.lowest());
        batch.putLong(at + HIGHEST_OFFSET, footer.highest());
        batch.putInt(at + CRC_OFFSET, checksum.of(batch, 0, at + CRC_OFFSET));
    }

    /** The places of the batch whose last page this is, as it says; 0 when it is none. */
    static int placesOf(ByteBuffer lastPage) {
        int at = lastPage.limit() - FOOTER_BYTES;
        return lastPage.getInt(at + MAGIC_OFFSET) == MAGIC ? lastPage.getInt(at + PLACES_OFFSET) : 0;
    }

    /** The version that the batch whose last page this is says it has. */
    static int versionOf(ByteBuffer lastPage) {
        return lastPage.getInt(lastPage.limit() - FOOTER_BYTES + VERSION_OFFSET);
    }

    /**
     * The footer of a batch, or null when its bytes are not what was written.
     *
     * @param batch little endian, from 0 to its limit
     */
    static Footer decode(ByteBuffer batch, Checksum checksum) {
        int at = batch.limit() - FOOTER_BYTES;
        if (batch.getInt(at + MAGIC_OFFSET) != MAGIC
                || batch.getInt(at + CRC_OFFSET) != checksum.of(batch, 0, at + CRC_OFFSET)) {
            return null;
        }
        return new Footer(
                batch.getInt(at + FIRST_PLACE_OFFSET),
                batch.getInt(at + PAGES_OFFSET),
                batch.getInt(at + TRIMS_OFFSET),
                batch.getInt(at + PLACES_OFFSET),
                batch.getLong(at + FORMAT_ID_OFFSET),
                batch.getLong(at + LOWEST_OFFSET),
                batch.getLong(at + HIGHEST_OFFSET));
    }
}
