package io.ocssd.ftl.journal;

import io.ocssd.target.LifetimeCounters;

/** One thing that the journal remembers. Records only add: applying one twice, or after later ones, does no harm. */
sealed interface JournalRecord {
    /** A block is never used again. */
    record Retired(int block, RetireReason reason) implements JournalRecord {}

    /** A vblock is being erased, or was. */
    record Erasing(long vblockId) implements JournalRecord {}

    /** A vblock ends here. */
    record Sealed(long vblockId, SealedEnd end) implements JournalRecord {}

    /** What the target has done so far. */
    record Counted(LifetimeCounters counters) implements JournalRecord {}
}
