package io.ocssd.ftl.journal;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.BlockEraser;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.util.List;

/** Closes and erases journal blocks that are not needed any more. Thread-safe. */
final class BlockReleaser {
    /** How often a block that refuses its filler and stays open is filled on. */
    private static final int MOST_FILLS = 8;

    /** What became of a block. */
    enum Outcome {
        /** It was free already. */
        FREE,
        /** It is free now. */
        ERASED,
        /** The device has taken it out of use. */
        OFFLINE,
        /** It could not be closed. */
        NOT_CLOSED,
        /** It could not be erased. */
        NOT_ERASED
    }

    private final Media media;

    BlockReleaser(Media media) {
        this.media = media;
    }

    /**
     * Programs filler behind what a block holds until it is open no more.
     *
     * @return whether it is open no more
     */
    boolean close(int block) throws GoneException {
        long ppa = media.geometry().blockPpa(block);
        MediaPath path = media.borrow();
        try {
            for (int i = 0; i < MOST_FILLS; i++) {
                BlockReport report = media.report();
                if (report.state(block) != BlockState.OPEN) {
                    return true;
                }
                if (media.device().capabilities().zoned()) {
                    path.command().finish().add(ppa);
                    MediaPath.Outcome ignored = (tag, status, failed) -> {};
                    path.submit(ignored);
                    path.drain(ignored);
                } else {
                    new BlockFiller(media, path)
                            .add(
                                    ppa,
                                    report.writePointer(block),
                                    media.geometry().sectorsPerBlock())
                            .fill();
                }
            }
            return media.report().state(block) != BlockState.OPEN;
        } finally {
            media.giveBack(path);
        }
    }

    /** Erases a block, closing it first where an open one can't be erased. */
    Outcome release(int block) throws GoneException {
        BlockState state = media.report().state(block);
        if (state == BlockState.FREE) {
            return Outcome.FREE;
        }
        if (state == BlockState.OPEN && !media.device().capabilities().eraseOpen() && !close(block)) {
            return Outcome.NOT_CLOSED;
        }
        MediaPath path = media.borrow();
        try {
            int status = BlockEraser.erase(path, List.of(media.geometry().blockPpa(block)))[0];
            if (status == NvmeStatus.SUCCESS) {
                return Outcome.ERASED;
            }
        } finally {
            media.giveBack(path);
        }
        return media.report().state(block) == BlockState.OFFLINE ? Outcome.OFFLINE : Outcome.NOT_ERASED;
    }

    /** A program that failed makes a block suspect; one that was closed early, or lost a unit, is not. */
    static boolean isBroken(int failure) {
        return failure != NvmeStatus.SUCCESS
                && failure != NvmeStatus.CHUNK_EARLY_CLOSE
                && failure != NvmeStatus.WRITE_NEXT_UNIT;
    }
}
