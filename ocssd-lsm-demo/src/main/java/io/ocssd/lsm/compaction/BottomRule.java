package io.ocssd.lsm.compaction;

import io.ocssd.lsm.table.Levels;

/** Whether a delete must be kept by a compaction. {@link Levels#coversBelow} is the right one. */
@FunctionalInterface
public interface BottomRule {
    /**
     * Whether an older version of a key may be in a level below.
     *
     * @param level that the delete goes to
     */
    boolean isNeeded(Levels levels, int level, byte[] key);
}
