package io.ocssd.lsm.compaction;

/**
 * How many tables the levels may hold.
 *
 * @param level0 tables of level 0 at which it is compacted
 * @param level1 tables of level 1 above which it is compacted
 * @param ratio how many times as many tables as a level the next one may hold
 */
public record LevelSizes(int level0, int level1, int ratio) {
    /** Most tables of a level below 0 that need no compaction. */
    long most(int level) {
        long most = level1;
        for (int i = 1; i < level; i++) {
            most *= ratio;
        }
        return most;
    }
}
