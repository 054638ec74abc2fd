package io.ocssd.geometry.page;

/**
 * Bytes of the geometry page, little endian (Open-Channel SSD 2.0, geometry command, opcode 0xE2). Names are the
 * specification's.
 *
 * <pre>
 *      0  mjr: major version, 2                              u8
 *      1  mnr: minor version                                 u8
 *      2  reserved                                           6
 *      8  grp_len: bits of the channel in an address         u8
 *      9  pu_len: bits of the LUN                            u8
 *     10  chk_len: bits of the block                         u8
 *     11  lbk_len: bits of the sector                        u8
 *     12  reserved                                           4
 *     16  mccap: media and controller capabilities           u32
 *     20  reserved                                           12
 *     32  wit: wear-level index delta threshold              u8
 *     33  reserved                                           31
 *     64  num_grp: channels                                  u16
 *     66  num_pu: LUNs of each channel                       u16
 *     68  num_chk: blocks of each LUN                        u32
 *     72  clba: sectors of each block                        u32
 *     76  reserved                                           52
 *    128  ws_min: smallest program, in sectors               u32
 *    132  ws_opt: best program, in sectors                   u32
 *    136  mw_cunits: cache minimum write size, in sectors    u32
 *    140  maxoc: open blocks at most, 0 no limit             u32
 *    144  maxocpu: of one LUN at most, 0 no limit            u32
 *    148  reserved                                           44
 *    192  trdt: typical read of a write unit, ns             u32
 *    196  trdm: longest                                      u32
 *    200  twrt: typical write, ns                            u32
 *    204  twrm: longest                                      u32
 *    208  tcrst: typical reset of a chunk, ns                u32
 *    212  tcrsm: longest                                     u32
 *    216  reserved                                           40
 *    256  reserved                                           2816
 *   3072  vendor specific                                    1024
 * </pre>
 *
 * <p>mw_cunits counts sectors; a comment in one third-party header says units of ws_min, all implementations say sectors.
 */
final class GeometryPageLayout {
    static final int MAJOR_OFFSET = 0;
    static final int MINOR_OFFSET = MAJOR_OFFSET + Byte.BYTES;
    static final int GROUP_BITS_OFFSET = MINOR_OFFSET + Byte.BYTES + 6;
    static final int PU_BITS_OFFSET = GROUP_BITS_OFFSET + Byte.BYTES;
    static final int CHUNK_BITS_OFFSET = PU_BITS_OFFSET + Byte.BYTES;
    static final int SECTOR_BITS_OFFSET = CHUNK_BITS_OFFSET + Byte.BYTES;
    static final int CAPABILITIES_OFFSET = SECTOR_BITS_OFFSET + Byte.BYTES + 4;
    static final int WEAR_THRESHOLD_OFFSET = CAPABILITIES_OFFSET + Integer.BYTES + 12;
    static final int GROUPS_OFFSET = WEAR_THRESHOLD_OFFSET + Byte.BYTES + 31;
    static final int PUS_OFFSET = GROUPS_OFFSET + Short.BYTES;
    static final int CHUNKS_OFFSET = PUS_OFFSET + Short.BYTES;
    static final int SECTORS_OFFSET = CHUNKS_OFFSET + Integer.BYTES;
    static final int WS_MIN_OFFSET = SECTORS_OFFSET + Integer.BYTES + 52;
    static final int WS_OPT_OFFSET = WS_MIN_OFFSET + Integer.BYTES;
    static final int MW_CUNITS_OFFSET = WS_OPT_OFFSET + Integer.BYTES;
    static final int MAX_OPEN_OFFSET = MW_CUNITS_OFFSET + Integer.BYTES;
    static final int MAX_OPEN_PER_PU_OFFSET = MAX_OPEN_OFFSET + Integer.BYTES;
    static final int READ_TYPICAL_OFFSET = MAX_OPEN_PER_PU_OFFSET + Integer.BYTES + 44;
    static final int READ_MAX_OFFSET = READ_TYPICAL_OFFSET + Integer.BYTES;
    static final int WRITE_TYPICAL_OFFSET = READ_MAX_OFFSET + Integer.BYTES;
    static final int WRITE_MAX_OFFSET = WRITE_TYPICAL_OFFSET + Integer.BYTES;
    static final int RESET_TYPICAL_OFFSET = WRITE_MAX_OFFSET + Integer.BYTES;
    static final int RESET_MAX_OFFSET = RESET_TYPICAL_OFFSET + Integer.BYTES;
    static final int PERFORMANCE_END_OFFSET = RESET_MAX_OFFSET + Integer.BYTES + 40;
    static final int VENDOR_OFFSET = PERFORMANCE_END_OFFSET + 2816;
    static final int BYTES = VENDOR_OFFSET + 1024;

    /** The drive copies sectors by itself. */
    static final int CAPABILITY_COPY = 1;
    /** A free chunk may be reset. */
    static final int CAPABILITY_RESET_FREE = 1 << 1;
    /** An open chunk may be reset; not in the specification, but drives have it. */
    static final int CAPABILITY_RESET_OPEN = 1 << 2;

    private GeometryPageLayout() {}
}
