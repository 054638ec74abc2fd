package io.ocssd.geometry.page;

/**
 * Bytes of the geometry page (Open-Channel SSD 2.0, geometry data structure), little endian.
 *
 * <pre>
 *      0  mjr: major version, 2                            u8
 *      1  mnr: minor version, 0                            u8
 *      2  reserved                                         6
 *      8  lbaf: bits of group, PU, chunk, logical block    4 x u8
 *     12  reserved                                         4
 *     16  mccap: bit 0 copy, 1 reset of free chunks,
 *                2 reset of open chunks (an extension)     u32
 *     20  reserved                                         12
 *     32  wit: wear-level index delta threshold            u8
 *     33  reserved                                         31
 *     64  num_grp                                          u16
 *     66  num_pu, of a group                               u16
 *     68  num_chk, of a PU                                 u32
 *     72  clba: logical blocks of a chunk                  u32
 *     76  reserved                                         52
 *    128  ws_min                                           u32
 *    132  ws_opt                                           u32
 *    136  mw_cunits, in logical blocks                     u32
 *    140  maxoc: most open chunks, 0 for no limit          u32
 *    144  maxocpu: of a PU, 0 when maxoc is the limit      u32
 *    148  reserved                                         44
 *    192  trdt, trdm: typical and longest read, ns         2 x u32
 *    200  twrt, twrm: write                                2 x u32
 *    208  tcrst, tcrsm: chunk reset                        2 x u32
 *    216  reserved                                         2856
 *   3072  vendor specific                                  1024
 * </pre>
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
    static final int READ_OFFSET = MAX_OPEN_PER_PU_OFFSET + Integer.BYTES + 44;
    static final int MAX_READ_OFFSET = READ_OFFSET + Integer.BYTES;
    static final int WRITE_OFFSET = MAX_READ_OFFSET + Integer.BYTES;
    static final int MAX_WRITE_OFFSET = WRITE_OFFSET + Integer.BYTES;
    static final int RESET_OFFSET = MAX_WRITE_OFFSET + Integer.BYTES;
    static final int MAX_RESET_OFFSET = RESET_OFFSET + Integer.BYTES;
    static final int VENDOR_OFFSET = 3072;
    static final int BYTES = 4096;

    static final int COPY = 1;
    static final int RESET_FREE = 1 << 1;
    static final int RESET_OPEN = 1 << 2;

    private GeometryPageLayout() {}
}
