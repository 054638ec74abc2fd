package io.ocssd.ftl.journal;

import io.ocssd.error.NoSpaceException;

/** Where the journal gets its blocks, by linear number. Thread-safe; neither call waits. */
public interface JournalBlocks {
    /**
     * Takes a free block.
     *
     * @throws NoSpaceException when there is none
     */
    int take() throws NoSpaceException;

    /**
     * Takes back a free block.
     *
     * @param erased whether it was erased since it was taken
     */
    void giveBack(int block, boolean erased);
}
