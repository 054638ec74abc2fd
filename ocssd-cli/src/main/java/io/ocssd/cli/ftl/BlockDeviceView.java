package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockStatistics;

/** A block device, as JSON has it. */
record BlockDeviceView(
        long sectors,
        int sectorBytes,
        long capacityBytes,
        long mappedSectors,
        int mostAtomicSectors,
        int units,
        int freeUnits,
        int pagesPerUnit,
        int width,
        long replayedRecords) {
    static BlockDeviceView of(BlockDevice device) {
        BlockStatistics known = device.statistics();
        return new BlockDeviceView(
                known.sectors(),
                BlockDevice.SECTOR_BYTES,
                known.sectors() * BlockDevice.SECTOR_BYTES,
                known.mappedSectors(),
                device.mostAtomicSectors(),
                known.units(),
                known.freeUnits(),
                known.pagesPerUnit(),
                known.width(),
                known.replayedRecords());
    }
}
