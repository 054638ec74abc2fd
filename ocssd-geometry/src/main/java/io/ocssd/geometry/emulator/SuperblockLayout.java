package io.ocssd.geometry.emulator;

/**
 * Bytes of the superblock of a drive image, little endian. Two equal copies, see {@link ImageLayout}.
 *
 * <pre>
 *      0  magic "OCSSDEMU"                      8
 *      8  version                               u32
 *     12  length: what the checksum covers      u32, always 4092
 *     16  owner id                              u64, drawn from seed and serial; also in the lock page
 *     24  sequence                              u64, 1 at creation, one more at every rewrite
 *     32  seed                                  i64
 *     40  channels                              u32
 *     44  luns per channel                      u32
 *     48  blocks per LUN                        u32
 *     52  sectors per block                     u32
 *     56  sector bytes                          u32
 *     60  OOB bytes                             u32
 *     64  wsMin                                 u32
 *     68  wsOpt                                 u32
 *     72  mwCunits                              u32
 *     76  maxOpen                               u32
 *     80  factory bad blocks                    u32
 *     84  endurance in erases                   u32
 *     88  serial, ASCII, filled up with zeros   20
 *    108  profile, ASCII, filled up with zeros  20
 *    128  zero                                  3964
 *   4092  CRC32C of bytes 0 to 4091             u32
 * </pre>
 *
 * <p>Magic, version and the place of the checksum are the same in every version, so that every version can tell "damaged"
 * from "of another version".
 */
final class SuperblockLayout {
    static final int BYTES = 4096;
    /** "OCSSDEMU", read as a little-endian number. */
    static final long MAGIC = 0x554D_4544_5353_434FL;

    static final int VERSION = 1;
    static final int SERIAL_BYTES = CreationParameters.MAX_SERIAL_BYTES;
    static final int PROFILE_BYTES = 20;

    static final int MAGIC_OFFSET = 0;
    static final int VERSION_OFFSET = MAGIC_OFFSET + Long.BYTES;
    static final int LENGTH_OFFSET = VERSION_OFFSET + Integer.BYTES;
    static final int OWNER_ID_OFFSET = LENGTH_OFFSET + Integer.BYTES;
    static final int SEQUENCE_OFFSET = OWNER_ID_OFFSET + Long.BYTES;
    static final int SEED_OFFSET = SEQUENCE_OFFSET + Long.BYTES;
    static final int CHANNELS_OFFSET = SEED_OFFSET + Long.BYTES;
    static final int LUNS_OFFSET = CHANNELS_OFFSET + Integer.BYTES;
    static final int BLOCKS_OFFSET = LUNS_OFFSET + Integer.BYTES;
    static final int SECTORS_OFFSET = BLOCKS_OFFSET + Integer.BYTES;
    static final int SECTOR_BYTES_OFFSET = SECTORS_OFFSET + Integer.BYTES;
    static final int OOB_BYTES_OFFSET = SECTOR_BYTES_OFFSET + Integer.BYTES;
    static final int WS_MIN_OFFSET = OOB_BYTES_OFFSET + Integer.BYTES;
    static final int WS_OPT_OFFSET = WS_MIN_OFFSET + Integer.BYTES;
    static final int MW_CUNITS_OFFSET = WS_OPT_OFFSET + Integer.BYTES;
    static final int MAX_OPEN_OFFSET = MW_CUNITS_OFFSET + Integer.BYTES;
    static final int FACTORY_BAD_OFFSET = MAX_OPEN_OFFSET + Integer.BYTES;
    static final int ENDURANCE_OFFSET = FACTORY_BAD_OFFSET + Integer.BYTES;
    static final int SERIAL_OFFSET = ENDURANCE_OFFSET + Integer.BYTES;
    static final int PROFILE_OFFSET = SERIAL_OFFSET + SERIAL_BYTES;
    static final int END_OFFSET = PROFILE_OFFSET + PROFILE_BYTES;
    static final int CHECKSUM_OFFSET = BYTES - Integer.BYTES;

    private SuperblockLayout() {}
}
