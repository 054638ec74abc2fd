package io.ocssd.cli.device;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;

/**
 * A block of a report; the components are the keys of its JSON object.
 *
 * @param address packed, as {@code 0x..}: it does not fit a number of every JSON reader
 * @param type how it is written: {@code sequential} or {@code random}
 * @param sectors how many it has
 * @param writePointerSectors sectors written; null when the block is offline or written anywhere
 * @param erases null when the device does not tell
 * @param wearIndex 0 (new) to 255 (worn out)
 */
record BlockRow(
        String address,
        int channel,
        int lun,
        int block,
        String state,
        String type,
        int sectors,
        Integer writePointerSectors,
        Long erases,
        int wearIndex) {
    static BlockRow of(BlockReport report, int blockIndex) {
        Geometry geometry = report.geometry();
        long ppa = geometry.blockPpa(blockIndex);
        BlockState state = report.state(blockIndex);
        long erases = report.eraseCount(blockIndex);
        return new BlockRow(
                "0x" + Long.toHexString(ppa),
                Ppa.channel(ppa),
                Ppa.lun(ppa),
                Ppa.block(ppa),
                state.label(),
                report.type(blockIndex).label(),
                report.sectors(blockIndex),
                state == BlockState.OFFLINE || report.type(blockIndex) == BlockType.RANDOM
                        ? null
                        : report.writePointer(blockIndex),
                erases == BlockReport.UNKNOWN_ERASES ? null : erases,
                report.wearIndex(blockIndex));
    }

    private static String orDash(Object value) {
        return value == null ? "-" : value.toString();
    }

    Object[] cells() {
        return new Object[] {
            address, channel, lun, block, state, type, orDash(writePointerSectors), sectors, orDash(erases), wearIndex
        };
    }
}
