package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The content of a drive: what its superblock says, and its blocks.
 *
 * @param notes what its owner should know, one sentence each
 */
record DriveImage(Superblock superblock, Media media, ImmutableList<String> notes) {

    /** Puts an empty drive on a backing full of zeros. The first superblock comes last: until then it is no image. */
    static DriveImage format(CreationParameters parameters, ImageLayout layout, Backing backing) throws IOException {
        BlockTable table = new BlockTable(parameters, layout, backing);
        ByteBuffer record = CommandScratch.newRecord();
        int[] bad =
                FactoryBadBlocks.draw(
                                parameters.geometry(),
                                parameters.seed(),
                                parameters.media().factoryBad())
                        .stream()
                        .toArray();
        for (int block : bad) {
            table.set(block, Condition.OFFLINE, 0, 0, record);
        }
        Superblock superblock = new Superblock(parameters, 1);
        backing.write(superblock.encode(), ImageLayout.SUPERBLOCK_COPY_OFFSET);
        backing.write(superblock.encode(), ImageLayout.SUPERBLOCK_OFFSET);
        Media media = new Media(parameters, layout, backing, table);
        return new DriveImage(superblock, media, ImmutableList.of());
    }
}
