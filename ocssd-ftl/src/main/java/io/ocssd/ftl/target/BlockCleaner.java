package io.ocssd.ftl.target;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.media.BlockEraser;
import io.ocssd.ftl.media.BlockFiller;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.MediaPath;
import java.util.ArrayList;
import java.util.List;

/**
 * Erases blocks whose content nobody needs any more. One that can't be erased stays as it is: whoever is given it later looks at
 * it again.
 */
final class BlockCleaner {
    private final Media media;

    BlockCleaner(Media media) {
        this.media = media;
    }

    /** Erases those of these blocks that are in use; returns when all erases have ended, well or not. */
    void clean(List<Integer> blocks, BlockReport report) throws GoneException {
        boolean erasesOpen = media.device().capabilities().zoned();
        List<Long> toErase = new ArrayList<>();
        MediaPath path = media.borrow();
        try {
            BlockFiller filler = new BlockFiller(media, path);
            for (int block : blocks) {
                BlockState state = report.state(block);
                long ppa = media.geometry().blockPpa(block);
                if (state == BlockState.OPEN || state == BlockState.CLOSED) {
                    toErase.add(ppa);
                }
                if (state == BlockState.OPEN && !erasesOpen) {
                    filler.add(ppa, report.writePointer(block), media.geometry().sectorsPerBlock());
                }
            }
            filler.fill();
            BlockEraser.erase(path, toErase);
        } finally {
            media.giveBack(path);
        }
    }
}
