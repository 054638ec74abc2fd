package io.ocssd.ftl.media;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;

/**
 * Closes a block in which a program failed, so that what it holds can be read and it is none of the open blocks any more: a
 * zone is finished, any other block filled. For the rare path: it asks for the report of the whole device.
 */
public final class BlockCloser {
    /**
     * How a block was found and left.
     *
     * @param state as it was left; open when the device would not close it
     * @param writePointer as it was found, in sectors
     */
    public record Result(BlockState state, int writePointer) {}

    private BlockCloser() {}

    /**
     * Closes a block if it is open and the device lets it.
     *
     * @param path stays the caller's; its buffer is overwritten
     */
    public static Result close(Media media, MediaPath path, long blockPpa) throws GoneException {
        int block = media.geometry().blockIndex(blockPpa);
        BlockReport report = media.report();
        int found = report.writePointer(block);
        int writePointer = -1;
        // A command that changed nothing will not do it the next time either.
        while (report.state(block) == BlockState.OPEN && report.writePointer(block) > writePointer) {
            writePointer = report.writePointer(block);
            if (media.device().capabilities().zoned()) {
                path.command().finish().add(Ppa.blockOf(blockPpa));
                path.submit(MediaPath.IGNORE);
                path.drain(MediaPath.IGNORE);
            } else {
                new BlockFiller(media, path)
                        .add(blockPpa, writePointer, media.geometry().sectorsPerBlock())
                        .fill();
            }
            report = media.report();
        }
        return new Result(report.state(block), found);
    }
}
