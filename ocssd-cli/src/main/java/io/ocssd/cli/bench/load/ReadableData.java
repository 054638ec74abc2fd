package io.ocssd.cli.bench.load;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Full blocks that can be read, as one row of sectors for each LUN.
 *
 * <p>Filled before the reads begin, not changed any more then.
 */
final class ReadableData {
    private final Geometry geometry;
    private final int[] luns;
    private final int[][] blocks;

    private ReadableData(Geometry geometry, int[] luns, int[][] blocks) {
        this.geometry = geometry;
        this.luns = luns;
        this.blocks = blocks;
    }

    /** Finds what is full already on these LUNs. */
    static ReadableData find(BlockReport report, List<Integer> luns) {
        Geometry geometry = report.geometry();
        int[] chosen = luns.stream().mapToInt(Integer::intValue).toArray();
        int[][] blocks = new int[chosen.length][];
        for (int i = 0; i < chosen.length; i++) {
            List<Integer> full = new ArrayList<>();
            for (int block = 0; block < geometry.blocksPerLun(); block++) {
                int index = chosen[i] * geometry.blocksPerLun() + block;
                if (BlockSupply.isUsual(report, index)
                        && report.state(index) == BlockState.CLOSED
                        && report.writePointer(index) == geometry.sectorsPerBlock()) {
                    full.add(block);
                }
            }
            blocks[i] = full.stream().mapToInt(Integer::intValue).toArray();
        }
        return new ReadableData(geometry, chosen, blocks);
    }

    /** Adds a block that is full now. */
    void add(int lunOrdinal, int block) {
        int[] more = Arrays.copyOf(blocks[lunOrdinal], blocks[lunOrdinal].length + 1);
        more[more.length - 1] = block;
        blocks[lunOrdinal] = more;
    }

    /** Number of LUNs. */
    int luns() {
        return luns.length;
    }

    /** Linear number of a LUN. */
    int lun(int lunOrdinal) {
        return luns[lunOrdinal];
    }

    /** Full blocks of a LUN. */
    int blocks(int lunOrdinal) {
        return blocks[lunOrdinal].length;
    }

    /** Full blocks of the LUN that has the fewest. */
    int fewestBlocks() {
        return Arrays.stream(blocks).mapToInt(each -> each.length).min().orElse(0);
    }

    /** Sectors of a LUN's row. */
    long sectors(int lunOrdinal) {
        return (long) blocks[lunOrdinal].length * geometry.sectorsPerBlock();
    }

    /** Sectors from this one of the row to the end of its block. */
    int sectorsToBlockEnd(long sector) {
        return geometry.sectorsPerBlock() - (int) (sector % geometry.sectorsPerBlock());
    }

    /** Address of a sector of a row. */
    long ppa(int lunOrdinal, long sector) {
        int block = blocks[lunOrdinal][(int) (sector / geometry.sectorsPerBlock())];
        return Ppa.withSector(geometry.blockPpa(luns[lunOrdinal], block), (int) (sector % geometry.sectorsPerBlock()));
    }
}
