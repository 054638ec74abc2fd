package io.ocssd.geometry.emulator;

import io.ocssd.device.Geometry;

/**
 * Where everything is in a drive image.
 *
 * <pre>
 *        0  superblock                          4 KiB, {@link SuperblockLayout}
 *    4 KiB  lock page                           4 KiB, {@link LockPageLayout}
 *   64 KiB  copy of the superblock              4 KiB
 *  128 KiB  state table                         32 bytes a block, {@link BlockRecordLayout}
 *        .  OOB area                            oobBytes a sector, in the order of the sectors
 *        .  data area                           sectorBytes a sector, in the order of the sectors
 * </pre>
 *
 * <p>The image of a drive without payload ends with the state table, filled up to a multiple of 64 KiB.
 *
 * <p>State table and areas are in the order channel, LUN, block, sector; OOB and data area begin at multiples of 64 KiB.
 */
final class ImageLayout {
    static final long SUPERBLOCK_OFFSET = 0;
    static final long LOCK_PAGE_OFFSET = 4096;
    static final int LOCK_PAGE_BYTES = 4096;
    static final long SUPERBLOCK_COPY_OFFSET = 64 << 10;
    static final long STATE_TABLE_OFFSET = 128 << 10;
    private static final long AREA_ALIGNMENT = 64 << 10;

    private final Geometry geometry;
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
        try {
            long sectors = payload ? Math.multiplyExact((long) geometry.blocks(), geometry.sectorsPerBlock()) : 0;
            long stateBytes = (long) geometry.blocks() * BlockRecordLayout.BYTES;
            this.oobOffset = aligned(Math.addExact(STATE_TABLE_OFFSET, stateBytes));
            this.dataOffset = aligned(Math.addExact(oobOffset, Math.multiplyExact(sectors, geometry.oobBytes())));
            this.bytes = Math.addExact(dataOffset, Math.multiplyExact(sectors, geometry.sectorBytes()));
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("a drive of this shape is larger than a file can be: " + geometry, e);
        }
    }

    Geometry geometry() {
        return geometry;
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

    /** Where the OOB bytes of a sector are. */
    long oobOffset(int block, int sector) {
        return oobOffset + ((long) block * geometry.sectorsPerBlock() + sector) * geometry.oobBytes();
    }

    /** Where the data of a sector is. */
    long dataOffset(int block, int sector) {
        return dataOffset + ((long) block * geometry.sectorsPerBlock() + sector) * geometry.sectorBytes();
    }

    private static long aligned(long offset) {
        return Math.addExact(offset, AREA_ALIGNMENT - 1) / AREA_ALIGNMENT * AREA_ALIGNMENT;
    }
}
