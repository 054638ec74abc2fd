package io.ocssd.geometry.zns;

/**
 * What the ioctls of zoned block devices exchange with the kernel (linux/blkzoned.h). Numbers are in the order of the host,
 * places and lengths in sectors of 512 bytes whatever the logical block size of the drive is.
 *
 * <pre>
 * struct blk_zone_report, before its zones       struct blk_zone
 *  0  sector     u64  where to begin              0  start     u64
 *  8  nr_zones   u32  room; then how many         8  len       u64
 * 12  flags      u32  1: capacities are told     16  wp        u64
 * 16  zones      64 bytes each                   24  type      u8
 *                                                25  cond      u8
 * struct blk_zone_range                          26  non_seq   u8
 *  0  sector     u64                             27  reset     u8
 *  8  nr_sectors u64                             28  resv      4
 * 16                                             32  capacity  u64
 *                                                40  reserved  24
 *                                                64
 * </pre>
 */
final class ZoneLayout {
    /** Bytes of a sector of the block layer. */
    static final int SECTOR_BYTES = 512;

    /** Asks what zones are like. */
    static final long BLKREPORTZONE = 0xC0101282L;
    /** Resets zones. */
    static final long BLKRESETZONE = 0x40101283L;
    /** Opens zones explicitly. */
    static final long BLKOPENZONE = 0x40101286L;
    /** Closes zones. */
    static final long BLKCLOSEZONE = 0x40101287L;
    /** Finishes zones. */
    static final long BLKFINISHZONE = 0x40101288L;

    static final int REPORT_SECTOR_OFFSET = 0;
    static final int REPORT_COUNT_OFFSET = 8;
    static final int REPORT_FLAGS_OFFSET = 12;
    static final int REPORT_BYTES = 16;
    /** Flag of a report: the capacity of zones means something. An older kernel leaves it zero. */
    static final int REPORT_CAPACITY = 1;

    static final int RANGE_SECTOR_OFFSET = 0;
    static final int RANGE_COUNT_OFFSET = 8;
    static final int RANGE_BYTES = 16;

    static final int ZONE_START_OFFSET = 0;
    static final int ZONE_LENGTH_OFFSET = 8;
    static final int ZONE_WRITE_POINTER_OFFSET = 16;
    static final int ZONE_TYPE_OFFSET = 24;
    static final int ZONE_CONDITION_OFFSET = 25;
    static final int ZONE_CAPACITY_OFFSET = 32;
    static final int ZONE_BYTES = 64;

    /** Type of a zone that is written anywhere. */
    static final int TYPE_CONVENTIONAL = 1;

    static final int CONDITION_NOT_WRITE_POINTER = 0x0;
    static final int CONDITION_EMPTY = 0x1;
    static final int CONDITION_IMPLICITLY_OPEN = 0x2;
    static final int CONDITION_EXPLICITLY_OPEN = 0x3;
    static final int CONDITION_CLOSED = 0x4;
    static final int CONDITION_READ_ONLY = 0xD;
    static final int CONDITION_FULL = 0xE;
    static final int CONDITION_OFFLINE = 0xF;

    private ZoneLayout() {}
}
