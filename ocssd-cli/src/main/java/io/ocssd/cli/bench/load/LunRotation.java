package io.ocssd.cli.bench.load;

import java.util.List;

/**
 * Which LUN each writer is on, so that no two are on the same one.
 *
 * <p>With as many writers as LUNs everyone stays; with fewer, a writer moves on with every block to the next LUN that has
 * no writer, round and round. Not thread-safe.
 */
final class LunRotation {
    private final int[] luns;
    private final boolean[] taken;
    private final boolean stays;
    private final BlockSupply supply;
    private int next;

    LunRotation(List<Integer> luns, int writers, BlockSupply supply) {
        this.luns = luns.stream().mapToInt(Integer::intValue).toArray();
        this.taken = new boolean[this.luns.length];
        this.stays = writers == this.luns.length;
        this.supply = supply;
    }

    /** Takes a place for a writer that has none: an index into the LUNs, or -1 when none has a block. */
    int first() {
        for (int i = 0; i < luns.length; i++) {
            int place = next;
            next = (next + 1) % luns.length;
            if (!taken[place] && supply.hasAny(luns[place])) {
                taken[place] = true;
                return place;
            }
        }
        return -1;
    }

    /** The place for the next block of a writer: the same, or another; -1 when none has a block. */
    int after(int place) {
        if (stays) {
            return supply.hasAny(luns[place]) ? place : -1;
        }
        taken[place] = false;
        return first();
    }

    /** The LUN of a place. */
    int lun(int place) {
        return luns[place];
    }
}
