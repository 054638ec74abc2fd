package io.ocssd.ftl.page;

import io.ocssd.error.NoSpaceException;
import io.ocssd.ftl.gc.Collector;
import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.PageModelRequest;
import io.ocssd.gc.Relocation;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.BitSet;

/**
 * A page-mapped FTL over units. Belongs to one task at a time.
 *
 * <p>Invariants: the map has a place for each page that was written and not trimmed since; the valid count of a unit is the
 * number of places in it that the map points to; of the last units that are free, as many as the reserve, no user page ever opens one.
 * A unit is erased only when all that was written and trimmed before it was empty is durable, so that after a cut there is no
 * page of which nothing but the unit that was erased knew.
 */
final class PageFtl implements Relocation {
    /** How often all units may be erased for the sake of one page before it is given up. */
    private static final int MOST_ROUNDS = 4;

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

    private final PageRules rules;
    private final Checkpointer checkpointer;
    /** Units that are empty and wait until they can be erased, and the sequence at which each was. */
    private final ArrayDeque<Empty> empty = new ArrayDeque<>();

    private final BitSet isEmpty = new BitSet();
    /** Units that may wait before it is made possible to erase them. */
    private final int mostEmpty;

    private long userPageWrites;
    private long movedPages;
    private long erases;

    private record Empty(int unit, long sequence) {}

    /** Makes the map durable, with what was trimmed. */
    @FunctionalInterface
    interface Checkpointer {
        void checkpoint() throws IOException;
    }

    /**
     * An FTL that holds no page, over units that are all erased.
     *
     * @throws IllegalArgumentException when a policy is not there, an option is wrong, or the pages don't fit
     */
    PageFtl(PageModelRequest request, UnitStore store) {
        this(request, store, new PageMap(request.logicalPages()), new BitSet(), 1, PageRules.STANDARD, () -> {});
    }

    /**
     * An FTL over units as they were found.
     *
     * @param map where each page stands
     * @param written the units that are not erased; all are sealed
     * @param mostEmpty units that may wait for what was written to others to be durable by itself, before that is enforced
     * @param checkpointer is called when trims can't be made durable otherwise
     * @throws IllegalArgumentException when a policy is not there, an option is wrong, or the pages don't fit
     */
    PageFtl(
            PageModelRequest request,
            UnitStore store,
            PageMap map,
            BitSet written,
            int mostEmpty,
            PageRules rules,
            Checkpointer checkpointer) {
        GcShape shape = request.shape();
        this.store = store;
        this.pagesPerUnit = shape.pagesPerUnit();
        this.logicalPages = request.logicalPages();
        this.streams = request.streams();
        this.sharedFrontiers = !request.separateFrontiers();
        this.frontiers = new Frontiers(streams, request.stripes(), request.separateFrontiers());
        checkRoom(request, frontiers.count());
        this.map = map;
        this.mostEmpty = mostEmpty;
        this.rules = rules;
        this.checkpointer = checkpointer;
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
        if (!written.isEmpty()) {
            countValid();
        }
        for (int unit = 0; unit < shape.units(); unit++) {
            if (written.get(unit)) {
                collector.full(unit, validPages[unit], 0);
            } else {
                collector.free(unit, 0);
            }
        }
    }

    private void countValid() {
        for (long page = 0; page < logicalPages; page++) {
            int place = map.get(page);
            if (place != PageMap.NOWHERE) {
                validPages[place / pagesPerUnit]++;
            }
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
        settle(page, frontier, unit, index, true);
    }

    /** Gives a page up; nothing happens when it holds nothing. */
    void trim(long page) {
        checkPage(page);
        int old = map.get(page);
        if (old != PageMap.NOWHERE) {
            map.set(page, PageMap.NOWHERE);
            kill(old);
            store.trimmed(page);
        }
    }

    /**
     * Writes pages to the same unit, with nothing between them that makes some of them durable.
     *
     * @param pages distinct
     * @param contents of all of them, one behind the other
     * @param contentBytes of each
     * @throws IllegalArgumentException when there is no such page or stream
     */
    void writeTogether(long[] pages, int stream, ByteBuffer contents, int contentBytes) throws IOException {
        for (long page : pages) {
            checkPage(page);
        }
        int position = contents.position();
        if (!rules.keepsTogether()) {
            for (int i = 0; i < pages.length; i++) {
                write(pages[i], stream, contents.slice(position + i * contentBytes, contentBytes));
            }
            contents.position(contents.limit());
            return;
        }
        collector.pace(userPageWrites);
        int frontier = frontiers.next(stream, false);
        if (frontiers.unit(frontier) != Frontiers.NO_UNIT && store.room(frontiers.unit(frontier)) < pages.length) {
            finish(frontier);
        }
        boolean isShort = sharedFrontiers && collector.isBelowReserve();
        if (isShort || frontiers.unit(frontier) == Frontiers.NO_UNIT) {
            frontier = makeRoom(stream);
        }
        int unit = frontiers.unit(frontier);
        int first = frontiers.fill(frontier);
        for (int i = 0; i < pages.length; i++) {
            store.append(unit, first + i, pages[i], contents.slice(position + i * contentBytes, contentBytes));
        }
        contents.position(position + pages.length * contentBytes);
        for (int i = 0; i < pages.length; i++) {
            userPageWrites++;
            int old = map.get(pages[i]);
            if (old != PageMap.NOWHERE) {
                kill(old);
            }
            settle(pages[i], frontier, unit, first + i, i + 1 == pages.length);
        }
    }

    /** Makes everything durable that was written and trimmed, and erases what waited for that. */
    void flush() throws IOException {
        rules.flush(this::persist);
        eraseEmpty();
    }

    /** Makes everything durable, the map with it, and erases what waited for that. */
    void checkpoint() throws IOException {
        rules.beforeCheckpoint(this::syncFrontiers);
        checkpointer.checkpoint();
        eraseEmpty();
    }

    /** Seals the units that are open. */
    void finish() throws IOException {
        for (int frontier = 0; frontier < frontiers.count(); frontier++) {
            if (frontiers.unit(frontier) != Frontiers.NO_UNIT) {
                finish(frontier);
            }
        }
    }

    /** Empties units until so many more are free, as far as it is worth it; returns how many more are. */
    int collect(int units) throws IOException {
        int before = collector.freeUnits();
        int most = MOST_ROUNDS * units;
        for (int i = 0; i < most && collector.freeUnits() - before < units; i++) {
            if (!collector.emptyOne(userPageWrites)) {
                break;
            }
        }
        persist();
        eraseEmpty();
        return collector.freeUnits() - before;
    }

    @Override
    public Fate relocate(int unit, int index) throws IOException {
        if (validPages[unit] == 0) {
            return Fate.ALL_DEAD;
        }
        long page = store.owner(unit, index);
        if (page < 0 || map.get(page) != unit * pagesPerUnit + index) {
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
        settle(page, frontier, to, toIndex, true);
        return Fate.MOVED;
    }

    @Override
    public long erase(int unit) throws IOException {
        if (!isEmpty.get(unit)) {
            store.keepTrims(unit, map);
            empty.add(new Empty(unit, store.sequence()));
            isEmpty.set(unit);
        }
        if (empty.size() > mostEmpty - 1 && store.durableBefore() < empty.peek().sequence()) {
            rules.beforeErase(this::persist);
        }
        eraseEmpty();
        return LATER;
    }

    private void eraseEmpty() throws IOException {
        while (!empty.isEmpty()
                && rules.mayErase(store.durableBefore(), empty.peek().sequence())) {
            int unit = empty.peek().unit();
            long count = store.erase(unit);
            empty.remove();
            isEmpty.clear(unit);
            erases++;
            collector.free(unit, count);
        }
    }

    /** Makes everything durable that was written and trimmed. */
    private void persist() throws IOException {
        syncFrontiers();
        if (store.pendingTrims() > 0) {
            // No unit is open that could take them, or they are too many.
            checkpointer.checkpoint();
        }
    }

    private void syncFrontiers() throws IOException {
        for (int frontier = 0; frontier < frontiers.count(); frontier++) {
            int unit = frontiers.unit(frontier);
            if (unit != Frontiers.NO_UNIT) {
                frontiers.skip(frontier, store.sync(unit));
                if (store.room(unit) == 0) {
                    finish(frontier);
                }
            }
        }
    }

    private void finish(int frontier) throws IOException {
        int unit = frontiers.unit(frontier);
        store.seal(unit);
        frontiers.close(frontier);
        collector.full(unit, validPages[unit], userPageWrites);
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

    /** Units that were erased. */
    long erases() {
        return erases;
    }

    /** Empties units and opens a new one, unless a shared frontier got one from a page that was moved meanwhile. */
    private int makeRoom(int stream) throws IOException {
        long most = erases + MOST_ROUNDS * (long) validPages.length;
        while (!collector.makeRoom(userPageWrites)) {
            if (empty.isEmpty() || erases > most) {
                throw new NoSpaceException("no unit can be emptied", "give pages up, or write less");
            }
            persist();
            eraseEmpty();
        }
        int frontier = frontiers.next(stream, false);
        if (frontiers.unit(frontier) == Frontiers.NO_UNIT) {
            open(frontier, stream, false);
        }
        return frontier;
    }

    private void open(int frontier, int stream, boolean moved) throws IOException {
        if (collector.freeUnits() == 0) {
            persist();
            eraseEmpty();
            if (collector.freeUnits() == 0) {
                throw new NoSpaceException("no unit is free", "give pages up, or write less");
            }
        }
        int unit = collector.open(moved);
        boolean done = false;
        try {
            store.open(unit, moved);
            done = true;
        } finally {
            if (!done) {
                collector.free(unit, store.eraseCount(unit));
            }
        }
        unitStreams[unit] = stream;
        frontiers.open(frontier, unit);
    }

    /** A page was written to the next place of a frontier. */
    private void settle(long page, int frontier, int unit, int index, boolean last) throws IOException {
        map.set(page, unit * pagesPerUnit + index);
        validPages[unit]++;
        frontiers.pass(frontier);
        if (frontiers.advance(frontier) == pagesPerUnit || (last && store.room(unit) == 0)) {
            finish(frontier);
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
