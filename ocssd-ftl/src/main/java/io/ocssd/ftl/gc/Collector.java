package io.ocssd.ftl.gc;

import io.ocssd.gc.Pacer;
import io.ocssd.gc.Relocation;
import io.ocssd.gc.Relocation.Fate;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.gc.WearPolicy;
import java.io.IOException;

/**
 * Empties the units of one owner as the policies say. Belongs to one task at a time.
 *
 * <p>Every unit is free (known to the wear policy alone), open (known to none), full (a candidate of the victim policy), or
 * the one victim. The owner opens free ones, says when they are full and when a page dies there; the collector does the rest.
 */
public final class Collector {
    private static final int NO_VICTIM = -1;

    private final int pagesPerUnit;
    private final int reserveUnits;
    private final VictimPolicy victims;
    private final Pacer pacer;
    private final WearPolicy wear;
    private final Relocation relocation;
    private final boolean[] full;
    private int freeUnits;
    private int victim = NO_VICTIM;
    /** The page of the victim that is asked about next. */
    private int cursor;

    private long collections;
    private long freeAtCollections;

    /**
     * A collector that knows of no unit.
     *
     * @param reserveUnits that only relocation may open
     */
    public Collector(
            int units,
            int pagesPerUnit,
            int reserveUnits,
            VictimPolicy victims,
            Pacer pacer,
            WearPolicy wear,
            Relocation relocation) {
        this.pagesPerUnit = pagesPerUnit;
        this.reserveUnits = reserveUnits;
        this.victims = victims;
        this.pacer = pacer;
        this.wear = wear;
        this.relocation = relocation;
        this.full = new boolean[units];
    }

    /** A unit is free that was not known before, or of which {@link Relocation#erase} said that it would be later. */
    public void free(int unit, long erases) {
        wear.free(unit, erases);
        freeUnits++;
    }

    /**
     * Opens a unit.
     *
     * @param relocated whether it is for pages that are moved
     * @throws IllegalStateException when none is free
     */
    public int open(boolean relocated) {
        if (freeUnits == 0) {
            throw new IllegalStateException("freeUnits=0");
        }
        freeUnits--;
        return wear.take(relocated);
    }

    /** An open unit is full. */
    public void full(int unit, int validPages, long now) {
        full[unit] = true;
        victims.full(unit, validPages, now);
        wear.full(unit);
    }

    /** A page of a unit has died, in whatever state the unit is. */
    public void pageDied(int unit, int validPages, long now) {
        if (full[unit]) {
            victims.pageDied(unit, validPages, now);
        }
    }

    /** Does what the pacer wants to be done before a user's next page. */
    public void pace(long now) throws IOException {
        int moves = pacer.moves(freeUnits, reserveUnits);
        if (moves > 0) {
            begin();
            step(moves, now);
        }
    }

    /**
     * Empties units until more than the reserve is free.
     *
     * @return false when no full unit is left to be emptied
     */
    public boolean makeRoom(long now) throws IOException {
        if (freeUnits <= reserveUnits) {
            begin();
        }
        while (freeUnits <= reserveUnits) {
            if (!step(Integer.MAX_VALUE, now)) {
                return false;
            }
        }
        return true;
    }

    /**
     * Goes on with the victim, or with a new one, until it is empty.
     *
     * @return false when no full unit is left to be emptied
     */
    public boolean emptyOne(long now) throws IOException {
        begin();
        return step(Integer.MAX_VALUE, now);
    }

    /** Whether relocation has opened units of the reserve. */
    public boolean isBelowReserve() {
        return freeUnits < reserveUnits;
    }

    /** Units that could be opened now, the reserve included. */
    public int freeUnits() {
        return freeUnits;
    }

    /** How often room was made, by one victim or by several at once. */
    public long collections() {
        return collections;
    }

    /** Units that were free when it began, summed. */
    public long freeAtCollections() {
        return freeAtCollections;
    }

    private void begin() {
        if (victim == NO_VICTIM) {
            collections++;
            freeAtCollections += freeUnits;
        }
    }

    /** Moves so many pages at most, or fewer when the victim is empty then; false when there is no victim. */
    private boolean step(int mostMoves, long now) throws IOException {
        if (victim == NO_VICTIM && !choose(now)) {
            return false;
        }
        int moves = 0;
        while (cursor < pagesPerUnit && moves < mostMoves) {
            Fate fate = relocation.relocate(victim, cursor);
            if (fate == Fate.ALL_DEAD) {
                cursor = pagesPerUnit;
            } else {
                cursor++;
                moves += fate == Fate.MOVED ? 1 : 0;
            }
        }
        if (cursor == pagesPerUnit) {
            long erases = relocation.erase(victim);
            int unit = victim;
            victim = NO_VICTIM;
            if (erases != Relocation.LATER) {
                free(unit, erases);
            }
        }
        return true;
    }

    private boolean choose(long now) {
        int chosen = wear.victim();
        if (chosen == WearPolicy.NONE) {
            chosen = victims.choose(now);
        }
        if (chosen == VictimPolicy.NONE) {
            return false;
        }
        full[chosen] = false;
        victims.taken(chosen);
        wear.taken(chosen);
        victim = chosen;
        cursor = 0;
        return true;
    }
}
