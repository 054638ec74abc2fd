package io.ocssd.ftl.journal;

import io.ocssd.error.NoSpaceException;

/** Where the journal gets its blocks, by linear number. Thread-safe; neither call waits. */
public interface JournalBlocks {
    /**
     * Takes a free block.
     *
     * @param besideBlock a block that is about to be erased: one on another LUN is better, where the erase is in nobody's way;
     *     negative when there is none
     * @throws NoSpaceException when there is none
     */
    int take(int besideBlock) throws NoSpaceException;

    /**
     * Takes back a free block.
     *
     * @param erased whether it was erased since it was taken
     */
    void giveBack(int block, boolean erased);

    /** A block that was taken does not come back: it is retired or offline. */
    void lost(int block);
}
