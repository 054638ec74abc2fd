package io.ocssd.ftl.page;

import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.gc.Collector;
import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.PageModelRequest;
import io.ocssd.gc.Relocation;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A page-mapped FTL over units. Belongs to one task at a time.
 *
 * <p>Invariants: the map has a place for each page that was written and not trimmed since; the valid count of a unit is the
 * number of places in it that the map points to; of the last units that are free, as many as the reserve, no user page ever opens one.
 */
final class PageFtl implements Relocation {
    private final UnitStore store;
    private final PageMap map;
    private final Frontiers frontiers;
    private final Collector collector;
    private final int pagesPerUnit;
    private final long logicalPages;
    private final int streams;
    private final boolean sharedFrontiers;
    private final int[] validPages;
    /** The stream of the pages in each unit that is not free. */
    private final int[] unitStreams;

    private long userPageWrites;
    private long movedPages;

    /**
     * An FTL that holds no page, over units that are all erased.
     *
     * @throws IllegalArgumentException when a policy is not there, an option is wrong, or the pages don't fit
     */
    PageFtl(PageModelRequest request, UnitStore store) {
        GcShape shape = request.shape();
        this.store = store;
        this.pagesPerUnit = shape.pagesPerUnit();
        this.logicalPages = request.logicalPages();
        this.streams = request.streams();
        this.sharedFrontiers = !request.separateFrontiers();
        this.frontiers = new Frontiers(streams, request.stripes(), request.separateFrontiers());
        checkRoom(request, frontiers.count());
        this.map = new PageMap(logicalPages);
        this.validPages = new int[shape.units()];
        this.unitStreams = new int[shape.units()];
        this.collector = new Collector(
                shape.units(),
                pagesPerUnit,
                request.reserveUnits(),
                GcPolicies.victims(request.victims(), shape),
                GcPolicies.pacer(request.pacer(), shape),
                GcPolicies.wear(request.wear(), shape),
                this);
        for (int unit = 0; unit < shape.units(); unit++) {
            collector.free(unit, 0);
        }
    }

    private static void checkRoom(PageModelRequest request, int open) {
        GcShape shape = request.shape();
        if ((long) shape.units() * shape.pagesPerUnit() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("units=" + shape.units() + " of pagesPerUnit=" + shape.pagesPerUnit()
                    + " are more than " + Integer.MAX_VALUE + " pages");
        }
        // Frontiers of one stream fill up together, so one victim may need a new unit for each of them.
        int needed = request.streams() * request.stripes();
        if (request.reserveUnits() < needed) {
            throw new IllegalArgumentException("reserveUnits=" + request.reserveUnits() + " are fewer than the "
                    + needed + " that moved pages may open at once");
        }
        long usable = ((long) shape.units() - request.reserveUnits() - open) * shape.pagesPerUnit();
        if (request.logicalPages() >= usable) {
            throw new IllegalArgumentException(
                    "logicalPages=" + request.logicalPages() + " do not fit: beside reserveUnits="
                            + request.reserveUnits() + " and " + open + " open ones there is room for fewer than "
                            + Math.max(0, usable));
        }
    }

    /**
     * Writes a page.
     *
     * @param content of the page; null where none is kept
     * @throws IllegalArgumentException when there is no such page or stream
     */
    void write(long page, int stream, ByteBuffer content) throws IOException {
        checkPage(page);
        if (stream < 0 || stream >= streams) {
            throw new IllegalArgumentException("stream=" + stream + " is not in 0.." + (streams - 1));
        }
        collector.pace(userPageWrites);
        int frontier = frontiers.next(stream, false);
        // Where users write to the same units, they could use up what a victim in progress still needs.
        boolean isShort = sharedFrontiers && collector.isBelowReserve();
        if (isShort || frontiers.unit(frontier) == Frontiers.NO_UNIT) {
            frontier = makeRoom(stream);
        }
        int unit = frontiers.unit(frontier);
        int index = frontiers.fill(frontier);
        store.append(unit, index, page, content);
        userPageWrites++;
        int old = map.get(page);
        if (old != PageMap.NOWHERE) {
            kill(old);
        }
        settle(page, frontier, unit, index);
    }

    /** Gives a page up; nothing happens when it holds nothing. */
    void trim(long page) {
        checkPage(page);
        int old = map.get(page);
        if (old != PageMap.NOWHERE) {
            map.set(page, PageMap.NOWHERE);
            kill(old);
        }
    }

    @Override
    public Fate relocate(int unit, int index) throws IOException {
        if (validPages[unit] == 0) {
            return Fate.ALL_DEAD;
        }
        long page = store.owner(unit, index);
        if (map.get(page) != unit * pagesPerUnit + index) {
            return Fate.DROPPED;
        }
        int frontier = frontiers.next(unitStreams[unit], true);
        if (frontiers.unit(frontier) == Frontiers.NO_UNIT) {
            open(frontier, unitStreams[unit], true);
        }
        int to = frontiers.unit(frontier);
        int toIndex = frontiers.fill(frontier);
        store.move(unit, index, to, toIndex, page);
        movedPages++;
        validPages[unit]--;
        settle(page, frontier, to, toIndex);
        return Fate.MOVED;
    }

    @Override
    public long erase(int unit) throws IOException {
        return store.erase(unit);
    }

    /** Pages that users wrote. */
    long userPageWrites() {
        return userPageWrites;
    }

    /** Pages that garbage collection moved. */
    long movedPages() {
        return movedPages;
    }

    /** What empties the units. */
    Collector collector() {
        return collector;
    }

    /** Where a page stands, as unit * pagesPerUnit + index, or {@link PageMap#NOWHERE}. */
    int place(long page) {
        checkPage(page);
        return map.get(page);
    }

    /** Pages of a unit that the map points to. */
    int validPages(int unit) {
        return validPages[unit];
    }

    /** Empties units and opens a new one, unless a shared frontier got one from a page that was moved meanwhile. */
    private int makeRoom(int stream) throws IOException {
        if (!collector.makeRoom(userPageWrites)) {
            throw new NoSpaceException("no unit can be emptied", "give pages up, or write less");
        }
        int frontier = frontiers.next(stream, false);
        if (frontiers.unit(frontier) == Frontiers.NO_UNIT) {
            open(frontier, stream, false);
        }
        return frontier;
    }

    private void open(int frontier, int stream, boolean moved) throws IOException {
        int unit = collector.open(moved);
        store.open(unit, moved);
        unitStreams[unit] = stream;
        frontiers.open(frontier, unit);
    }

    /** A page was written to the next place of a frontier. */
    private void settle(long page, int frontier, int unit, int index) throws IOException {
        map.set(page, unit * pagesPerUnit + index);
        validPages[unit]++;
        frontiers.pass(frontier);
        if (frontiers.advance(frontier) == pagesPerUnit) {
            frontiers.close(frontier);
            store.seal(unit);
            collector.full(unit, validPages[unit], userPageWrites);
        }
    }

    private void kill(int place) {
        int unit = place / pagesPerUnit;
        validPages[unit]--;
        collector.pageDied(unit, validPages[unit], userPageWrites);
    }

    private void checkPage(long page) {
        if (page < 0 || page >= logicalPages) {
            throw new IllegalArgumentException("page=" + page + " is not in 0.." + (logicalPages - 1));
        }
    }
}
