package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;

/**
 * Where everything is in a drive image.
 *
 * <pre>
 *        0  superblock                          4 KiB, {@link SuperblockLayout}
 *    4 KiB  lock page                           4 KiB, {@link LockPageLayout}
 *    8 KiB  journal headers                     2 x 4 KiB, {@link JournalLayout}
 *   64 KiB  copy of the superblock              4 KiB
 *  128 KiB  state table                         32 bytes a block, {@link BlockRecordLayout}
 *        .  loss stamps                         4 bytes a block, {@link LostSectors}
 *        .  loss maps                           a bit a sector, each block's in bytes of its own
 *        .  journal records                     1 MiB, {@link JournalLayout}
 *        .  OOB area                            oobBytes a sector, in the order of the sectors
 *        .  data area                           sectorBytes a sector, in the order of the sectors
 * </pre>
 *
 * <p>The image of a drive without payload ends with the journal records.
 *
 * <p>State table, stamps, maps and areas are in the order channel, LUN, block, sector; whatever has no fixed place begins at
 * a multiple of 64 KiB.
 */
final class ImageLayout {
    static final long SUPERBLOCK_OFFSET = 0;
    static final long LOCK_PAGE_OFFSET = 4096;
    static final int LOCK_PAGE_BYTES = 4096;
    static final long JOURNAL_HEADERS_OFFSET = 8 << 10;
    static final long SUPERBLOCK_COPY_OFFSET = 64 << 10;
    static final long STATE_TABLE_OFFSET = 128 << 10;
    private static final long AREA_ALIGNMENT = 64 << 10;

    private final Geometry geometry;
    private final boolean payload;
    private final int lossMapBytes;
    private final long stateTableEnd;
    private final long lossStampsOffset;
    private final long lossMapsOffset;
    private final long journalOffset;
    private final long oobOffset;
    private final long dataOffset;
    private final long bytes;

    /**
     * Lays out an image.
     *
     * @param payload whether it keeps data and OOB
     * @throws IllegalArgumentException when it would be larger than a file can be
     */
    ImageLayout(Geometry geometry, boolean payload) {
        this.geometry = geometry;
        this.payload = payload;
        this.lossMapBytes = (geometry.sectorsPerBlock() + Byte.SIZE - 1) / Byte.SIZE;
        try {
            long blocks = geometry.blocks();
            long sectors = payload ? Math.multiplyExact(blocks, geometry.sectorsPerBlock()) : 0;
            this.stateTableEnd = STATE_TABLE_OFFSET + blocks * BlockRecordLayout.BYTES;
            this.lossStampsOffset = aligned(stateTableEnd);
            this.lossMapsOffset = aligned(lossStampsOffset + blocks * Integer.BYTES);
            this.journalOffset = aligned(lossMapsOffset + blocks * lossMapBytes);
            this.oobOffset = journalOffset + JournalLayout.RECORDS_BYTES;
            this.dataOffset = aligned(Math.addExact(oobOffset, Math.multiplyExact(sectors, geometry.oobBytes())));
            this.bytes = Math.addExact(dataOffset, Math.multiplyExact(sectors, geometry.sectorBytes()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a drive of this shape is larger than a file can be: " + geometry, e);
        }
    }

    Geometry geometry() {
        return geometry;
    }

    /** Whether it keeps data and OOB. */
    boolean payload() {
        return payload;
    }

    /** Length of the image. */
    long bytes() {
        return bytes;
    }

    long oobAreaOffset() {
        return oobOffset;
    }

    long dataAreaOffset() {
        return dataOffset;
    }

    /** Where the state record of a block is. */
    long recordOffset(int block) {
        return STATE_TABLE_OFFSET + (long) block * BlockRecordLayout.BYTES;
    }

    /** Whether something is in the state table. */
    boolean isInStateTable(long offset) {
        return offset >= STATE_TABLE_OFFSET && offset < stateTableEnd;
    }

    /** The block whose state record an offset of the state table is in. */
    int blockOfRecord(long offset) {
        return (int) ((offset - STATE_TABLE_OFFSET) / BlockRecordLayout.BYTES);
    }

    /** Where the loss stamp of a block is. */
    long lossStampOffset(int block) {
        return lossStampsOffset + (long) block * Integer.BYTES;
    }

    /** Bytes of the loss map of a block. */
    int lossMapBytes() {
        return lossMapBytes;
    }

    /** Where the loss map of a block is. */
    long lossMapOffset(int block) {
        return lossMapsOffset + (long) block * lossMapBytes;
    }

    /** Where the records of the journal are. */
    long journalOffset() {
        return journalOffset;
    }

    /** Where the OOB bytes of a sector are. */
    long oobOffset(int block, int sector) {
        return oobOffset + sectorNumber(block, sector) * geometry.oobBytes();
    }

    /** Where the data of a sector is. */
    long dataOffset(int block, int sector) {
        return dataOffset + sectorNumber(block, sector) * geometry.sectorBytes();
    }

    /** Whether something is in the OOB area of a drive that has payload. */
    boolean isInOobArea(long offset) {
        return payload && offset >= oobOffset && offset < dataOffset;
    }

    /** Whether something is in the data area. */
    boolean isInDataArea(long offset) {
        return offset >= dataOffset && offset < bytes;
    }

    /** The sector whose OOB or data begins at an offset, counted over all blocks of the drive. */
    long sectorNumberAt(long offset) {
        return offset < dataOffset
                ? (offset - oobOffset) / geometry.oobBytes()
                : (offset - dataOffset) / geometry.sectorBytes();
    }

    private long sectorNumber(int block, int sector) {
        return (long) block * geometry.sectorsPerBlock() + sector;
    }

    private static long aligned(long offset) {
        return Math.addExact(offset, AREA_ALIGNMENT - 1) / AREA_ALIGNMENT * AREA_ALIGNMENT;
    }
}
