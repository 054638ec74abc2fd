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
 *     80  maxOpenPerLun                         u32
 *     84  maxActive                             u32
 *     88  capabilities                          u32, bits 0 zoned, 1 copy, 2 eraseFree, 3 eraseOpen
 *     92  durability class                      u32, 0 protected, 1 volatile pairs
 *     96  payload                               u32, 1 when data and OOB are kept, else 0
 *    100  factory bad blocks                    u32
 *    104  random blocks of each LUN             u32
 *    108  short blocks                          u32
 *    112  endurance in erases, 0 without end    u32
 *    116  wear threshold                        u32
 *    120  serial, ASCII, filled up with zeros   20
 *    140  profile, ASCII, filled up with zeros  20
 *    160  zero                                  3932
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

    static final int VERSION = 2;
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
    static final int MAX_OPEN_PER_LUN_OFFSET = MAX_OPEN_OFFSET + Integer.BYTES;
    static final int MAX_ACTIVE_OFFSET = MAX_OPEN_PER_LUN_OFFSET + Integer.BYTES;
    static final int CAPABILITIES_OFFSET = MAX_ACTIVE_OFFSET + Integer.BYTES;
    static final int DURABILITY_OFFSET = CAPABILITIES_OFFSET + Integer.BYTES;
    static final int PAYLOAD_OFFSET = DURABILITY_OFFSET + Integer.BYTES;
    static final int FACTORY_BAD_OFFSET = PAYLOAD_OFFSET + Integer.BYTES;
    static final int RANDOM_BLOCKS_OFFSET = FACTORY_BAD_OFFSET + Integer.BYTES;
    static final int SHORT_BLOCKS_OFFSET = RANDOM_BLOCKS_OFFSET + Integer.BYTES;
    static final int ENDURANCE_OFFSET = SHORT_BLOCKS_OFFSET + Integer.BYTES;
    static final int WEAR_THRESHOLD_OFFSET = ENDURANCE_OFFSET + Integer.BYTES;
    static final int SERIAL_OFFSET = WEAR_THRESHOLD_OFFSET + Integer.BYTES;
    static final int PROFILE_OFFSET = SERIAL_OFFSET + SERIAL_BYTES;
    static final int END_OFFSET = PROFILE_OFFSET + PROFILE_BYTES;
    static final int CHECKSUM_OFFSET = BYTES - Integer.BYTES;

    static final int CAPABILITY_ZONED = 1;
    static final int CAPABILITY_COPY = 1 << 1;
    static final int CAPABILITY_ERASE_FREE = 1 << 2;
    static final int CAPABILITY_ERASE_OPEN = 1 << 3;

    static final int DURABILITY_PROTECTED = 0;
    static final int DURABILITY_VOLATILE_PAIRS = 1;

    private SuperblockLayout() {}
}
