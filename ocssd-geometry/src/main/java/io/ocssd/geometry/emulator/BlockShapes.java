package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import java.util.Arrays;
import java.util.BitSet;
import java.util.SplittableRandom;

/**
 * Type and size of every block: what a drive is made with and never changes. A pure function of what the drive was made as.
 *
 * <p>The first blocks of each LUN are written anywhere, as conventional zones stand at the beginning of a zoned drive. Blocks
 * of a deviating size are drawn by the seed among the others that are not bad from the start; each has some smaller multiple
 * of wsMin of sectors. Immutable; thread-safe.
 */
final class BlockShapes {
    /** So that other blocks are drawn than the bad ones of the same seed. */
    private static final long STREAM = 0x51B1_0C4B_0A17L;

    private final int blocksPerLun;
    private final int sectorsPerBlock;
    private final int randomBlocks;
    /** By linear block number; null when no size deviates. */
    private final int[] sectors;

    BlockShapes(CreationParameters parameters) {
        Geometry geometry = parameters.geometry();
        MediaTraits media = parameters.media();
        this.blocksPerLun = geometry.blocksPerLun();
        this.sectorsPerBlock = geometry.sectorsPerBlock();
        this.randomBlocks = media.randomBlocks();
        this.sectors = media.shortBlocks() == 0 ? null : draw(parameters);
    }

    /** The most short blocks that a drive can have: half of what is good in each LUN whatever the seed, at least 0. */
    static int mostShort(Geometry geometry, int randomBlocks, int sectorsOfUnit) {
        boolean possible = geometry.sectorsPerBlock() > sectorsOfUnit;
        return possible ? geometry.luns() * mostShortPerLun(geometry, randomBlocks) : 0;
    }

    /** How a block is written. */
    BlockType type(int block) {
        return isRandom(block) ? BlockType.RANDOM : BlockType.SEQUENTIAL;
    }

    boolean isRandom(int block) {
        return randomBlocks > 0 && block % blocksPerLun < randomBlocks;
    }

    /** Sectors of a block. */
    int sectors(int block) {
        return sectors == null ? sectorsPerBlock : sectors[block];
    }

    private static int mostShortPerLun(Geometry geometry, int randomBlocks) {
        int good = geometry.blocksPerLun() - FactoryBadBlocks.mostPerLun(geometry) - randomBlocks;
        return Math.max(0, good / 2);
    }

    private static int[] draw(CreationParameters parameters) {
        Geometry geometry = parameters.geometry();
        MediaTraits media = parameters.media();
        int wsMin = parameters.limits().wsMin();
        BitSet taken = FactoryBadBlocks.draw(geometry, parameters.seed(), media.factoryBad());
        SplittableRandom random = new SplittableRandom(parameters.seed() ^ STREAM);
        int[] sectors = new int[geometry.blocks()];
        Arrays.fill(sectors, geometry.sectorsPerBlock());
        int mostPerLun = mostShortPerLun(geometry, media.randomBlocks());
        int[] shortOfLun = new int[geometry.luns()];
        for (int left = media.shortBlocks(); left > 0; ) {
            int block = random.nextInt(geometry.blocks());
            int lun = block / geometry.blocksPerLun();
            boolean isRandom = block % geometry.blocksPerLun() < media.randomBlocks();
            if (!isRandom && !taken.get(block) && shortOfLun[lun] < mostPerLun) {
                taken.set(block);
                shortOfLun[lun]++;
                sectors[block] = wsMin * (1 + random.nextInt(geometry.sectorsPerBlock() / wsMin - 1));
                left--;
            }
        }
        return sectors;
    }
}
