package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import io.ocssd.error.CorruptException;
import io.ocssd.error.OcssdException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

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
        Media media = new Media(parameters, layout, backing, table, new LostSectors(layout, backing));
        return new DriveImage(superblock, media, ImmutableList.of());
    }

    /**
     * Reads the drive that is on a backing. Everything is read and checked before the first byte is written.
     *
     * @param image name of the file, for messages
     * @param bytes how long it is
     * @param backing is closed with the drive; it stays the caller's when this throws
     * @param mapper maps parts of it into memory
     */
    static DriveImage open(
            String image, long bytes, Backing backing, MappedMetadata.Mapper mapper, Persistence persistence)
            throws IOException {
        return open(image, bytes, backing, mapper, persistence, JournalLayout.CAPACITY);
    }

    /** The same, with a journal that uses only part of its room, and with nothing in mapped memory when the mapper is null. */
    static DriveImage open(
            String image,
            long bytes,
            Backing backing,
            MappedMetadata.Mapper mapper,
            Persistence persistence,
            int journalRecords)
            throws IOException {
        SuperblockCopies copies = SuperblockCopies.read(image, bytes, backing);
        Superblock superblock = copies.superblock();
        CreationParameters parameters = superblock.parameters();
        ImageLayout layout = layout(image, bytes, parameters);
        if (persistence == Persistence.HOST && parameters.media().randomBlocks() > 0) {
            throw new OcssdException(
                    image + " has blocks that are written anywhere, and again and again (randomBlocks="
                            + parameters.media().randomBlocks() + "): persist=host can't protect these",
                    "open it with persist=process");
        }
        long epoch = JournalHeader.read(backing, superblock.ownerId(), image);
        Map<Integer, ByteBuffer> states = JournalRecovery.run(layout, backing, image, epoch);
        JournaledBacking journaled =
                new JournaledBacking(layout, backing, superblock.ownerId(), epoch, states, journalRecords);
        Backing process = mapper == null ? backing : new MappedMetadata(backing, mapper, layout);
        Backing kept = persistence == Persistence.HOST ? journaled : process;
        BlockTable table = BlockTable.load(parameters, layout, kept, journaled, image);
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        notes.addAll(copies.repair(backing));
        ImageLock.sign(backing, superblock.ownerId());
        if (persistence == Persistence.HOST || !states.isEmpty()) {
            journaled.force();
        }
        table.closeZones();
        if (!states.isEmpty()) {
            notes.add("the program or the host died while " + image + " was open; the state of " + states.size()
                    + (states.size() == 1 ? " block" : " blocks") + " was brought back from its journal");
        }
        LostSectors lost = LostSectors.load(layout, kept, table.states());
        Media media = new Media(parameters, layout, kept, table, lost);
        return new DriveImage(superblock, media, notes.build());
    }

    private static ImageLayout layout(String image, long bytes, CreationParameters parameters) throws IOException {
        ImageLayout layout;
        try {
            layout = new ImageLayout(parameters.geometry(), parameters.payload());
        } catch (IllegalArgumentException e) {
            throw new OcssdException(image + ": " + e.getMessage(), "make a smaller drive", e);
        }
        if (bytes < layout.bytes()) {
            throw new CorruptException(
                    image + " is truncated: it has " + bytes + " of " + layout.bytes() + " bytes",
                    "nothing was changed; bring the image back from a copy or make a new one");
        }
        return layout;
    }
}
