package io.ocssd.geometry.emulator;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Bytes of the journal of an image, little endian.
 *
 * <p>Two headers, used in turn; the one of the higher epoch counts, so that tearing the other does no harm.
 *
 * <pre>
 *    0  magic "OCSSDJNL"                             8
 *    8  version                                      u32
 *   12  length: what the checksum covers             u32, always 32
 *   16  owner id of the image                        u64
 *   24  epoch: 1 at the first, one more at each      u64
 *   32  CRC32C of bytes 0 to 31                      u32
 * </pre>
 *
 * <p>Records, in the order in which they were made, from the first place on in every epoch.
 *
 * <pre>
 *    0  epoch that it belongs to                     u64
 *    8  number: its place, counted from 1            u32
 *   12  previous: number of the record before it
 *       of the same block in this epoch, 0 for none  u32
 *   16  durable: records of this epoch that were
 *       durable when it was made                     u32
 *   20  block                                        u32
 *   24  first sector that was programmed             u32
 *   28  sectors that were programmed, 0 for none     u32
 *   32  CRC32C of their data                         u32
 *   36  CRC32C of their OOB                          u32
 *   40  sectors that OOB was written of, 0 for none  u32
 *   44  length of the state record                   u32
 *   48  state record of the block from then on       up to 76, {@link BlockRecordLayout}, then zeros
 *  124  CRC32C of bytes 0 to 123                     u32
 * </pre>
 */
final class JournalLayout {
    /** "OCSSDJNL", read as a little-endian number. */
    static final long MAGIC = 0x4C4E_4A44_5353_434FL;

    static final int VERSION = 1;
    static final int HEADERS = 2;
    /** From one header to the next. */
    static final int HEADER_STRIDE = 4096;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int OWNER_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int HEADER_EPOCH_OFFSET = OWNER_ID_OFFSET + Long.BYTES;
    static final int HEADER_CHECKSUM_OFFSET = HEADER_EPOCH_OFFSET + Long.BYTES;
    static final int HEADER_BYTES = HEADER_CHECKSUM_OFFSET + Integer.BYTES;

    static final int EPOCH_OFFSET = 0;
    static final int NUMBER_OFFSET = EPOCH_OFFSET + Long.BYTES;
    static final int PREVIOUS_OFFSET = NUMBER_OFFSET + Integer.BYTES;
    static final int DURABLE_OFFSET = PREVIOUS_OFFSET + Integer.BYTES;
    static final int BLOCK_OFFSET = DURABLE_OFFSET + Integer.BYTES;
    static final int FIRST_SECTOR_OFFSET = BLOCK_OFFSET + Integer.BYTES;
    static final int SECTORS_OFFSET = FIRST_SECTOR_OFFSET + Integer.BYTES;
    static final int DATA_CHECKSUM_OFFSET = SECTORS_OFFSET + Integer.BYTES;
    static final int OOB_CHECKSUM_OFFSET = DATA_CHECKSUM_OFFSET + Integer.BYTES;
    static final int OOB_SECTORS_OFFSET = OOB_CHECKSUM_OFFSET + Integer.BYTES;
    static final int STATE_LENGTH_OFFSET = OOB_SECTORS_OFFSET + Integer.BYTES;
    static final int STATE_OFFSET = STATE_LENGTH_OFFSET + Integer.BYTES;
    static final int RECORD_BYTES = 128;
    static final int CHECKSUM_OFFSET = RECORD_BYTES - Integer.BYTES;

    static final int RECORDS_BYTES = 1 << 20;
    /** Records that there is room for in an epoch. */
    static final int CAPACITY = RECORDS_BYTES / RECORD_BYTES;

    private JournalLayout() {}

    /** The checksum of the bytes from one place to another. */
    static int checksum(ByteBuffer bytes, int from, int to) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(from, to - from));
        return (int) crc.getValue();
    }
}
