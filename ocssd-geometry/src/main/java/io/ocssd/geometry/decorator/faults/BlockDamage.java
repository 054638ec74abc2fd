package io.ocssd.geometry.decorator.faults;

import java.util.BitSet;

/** What is broken in one block. Not thread-safe: guarded by the {@link Damage} that it belongs to. */
final class BlockDamage {
    /** What a block is good for. */
    enum Condition {
        /** Everything, unreadable sectors aside. */
        GOOD,
        /** Reads below its write pointer, and erases. */
        CLOSED,
        /** Nothing. */
        OFFLINE,
        /** Nothing, like its whole LUN. */
        DEAD
    }

    Condition condition = Condition.GOOD;
    /** Sectors written; for a closed block. */
    int writePointer;
    /** Whether the next erase fails. */
    boolean resetFails;

    final BitSet unreadable = new BitSet();
}
