package io.ocssd.ftl.vblock;

import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.journal.JournalBlocks;

/** The blocks of a pool, as the journal takes them. Thread-safe. */
final class PoolJournalBlocks implements JournalBlocks {
    private final BlockPool pool;

    PoolJournalBlocks(BlockPool pool) {
        this.pool = pool;
    }

    @Override
    public int take(int besideBlock) throws NoSpaceException {
        int block = pool.takeForJournal(besideBlock);
        if (block < 0) {
            throw new NoSpaceException(
                    "no block of the target is free for its journal", "erase vblocks that are not needed any more");
        }
        return block;
    }

    @Override
    public void giveBack(int block, boolean erased) {
        pool.addFromJournal(block, erased);
    }

    @Override
    public void lost(int block) {
        pool.lostByJournal();
    }
}
