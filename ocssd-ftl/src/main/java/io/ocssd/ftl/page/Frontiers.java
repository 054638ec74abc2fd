package io.ocssd.ftl.page;

import java.util.Arrays;

/**
 * The open units: for each stream, of user pages and of moved ones, as many as there are stripes, written in turn page by page.
 * With shared frontiers both kinds go to the same ones. Belongs to one task at a time.
 */
final class Frontiers {
    static final int NO_UNIT = -1;

    private final int stripes;
    /** The group of the moved pages of stream 0. */
    private final int movedGroups;

    private final int[] units;
    private final int[] fills;
    /** For each group, the stripe whose turn it is. */
    private final int[] turns;

    Frontiers(int streams, int stripes, boolean separate) {
        this.stripes = stripes;
        this.movedGroups = separate ? streams : 0;
        int groups = streams + movedGroups;
        this.units = new int[groups * stripes];
        this.fills = new int[groups * stripes];
        this.turns = new int[groups];
        Arrays.fill(units, NO_UNIT);
    }

    /** How many units can be open at once. */
    int count() {
        return units.length;
    }

    /** The frontier that the next page of this kind goes to; {@link #pass} gives the turn to the next one. */
    int next(int stream, boolean moved) {
        int group = moved ? movedGroups + stream : stream;
        return group * stripes + turns[group];
    }

    /** The frontier was written: the turn is its neighbour's. */
    void pass(int frontier) {
        if (stripes > 1) {
            int group = frontier / stripes;
            turns[group] = turns[group] + 1 == stripes ? 0 : turns[group] + 1;
        }
    }

    /** The unit that is open there, or {@link #NO_UNIT}. */
    int unit(int frontier) {
        return units[frontier];
    }

    /** Pages that were written to it. */
    int fill(int frontier) {
        return fills[frontier];
    }

    void open(int frontier, int unit) {
        units[frontier] = unit;
        fills[frontier] = 0;
    }

    /** One page more was written; returns how many. */
    int advance(int frontier) {
        return ++fills[frontier];
    }

    /** Places were used up for something else than pages. */
    void skip(int frontier, int places) {
        fills[frontier] += places;
    }

    void close(int frontier) {
        units[frontier] = NO_UNIT;
    }
}
