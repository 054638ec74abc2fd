package io.ocssd.geometry.timing;

import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.geometry.timing.Operation.Kind;
import io.ocssd.geometry.timing.Operation.Step;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * The flash of a drive at work: who uses which LUN, channel and link when, and when it is done.
 *
 * <p>A request is handed in by {@link #begin}, any number of operations and {@link #submit}. Nothing happens by itself:
 * {@link #advance} lets everything happen that is due by a time, and says of each request when it finished. What is
 * submitted later may still move what has not finished: an operation has its place in line, not its time.
 *
 * <p>Times are nanoseconds of any clock. Times of submission should not run backwards; one that does, because a caller's
 * clock is behind another's, is taken as it is: what it asks for begins then, or when its LUN and bus are free.
 *
 * <p>Not thread-safe. Allocates nothing once its pool of operations has grown to the deepest load it has seen.
 */
public final class FlashTimeline {
    // The 64-bit finaliser of Stafford's thirteenth variant, and 2^64 divided by the golden ratio.
    private static final long MIX_1 = 0xBF58476D1CE4E5B9L;
    private static final long MIX_2 = 0x94D049BB133111EBL;
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final CellTimes cells;
    private final PageOrder order;
    private final PageLayout layout;
    private final long[] readNanos;
    private final long[] programNanos;
    private final long controllerNanos;
    private final long busCommandNanos;
    /** By number of sectors. */
    private final long[] commandNanos = new long[Limits.MAX_ADDRESSES + 1];

    private final long[] dataNanos = new long[Limits.MAX_ADDRESSES + 1];
    private final long[] hostReadNanos = new long[Limits.MAX_ADDRESSES + 1];
    private final long[] hostWriteNanos = new long[Limits.MAX_ADDRESSES + 1];

    private final Lun[] luns;
    /** What {@link #boundNanos} says, by LUN: asked far more often than it changes. */
    private final long[] boundNanos;

    private final Bus[] buses;
    private final HostLink fromHost = new HostLink();
    private final HostLink toHost = new HostLink();
    /** Operations whose data the host's link has not brought yet, and what must not overtake them; the first is due. */
    private final OperationLine awaited = new OperationLine();
    /** When the last of {@link #awaited} has arrived. */
    private long awaitedNanos = Long.MIN_VALUE;

    private final EventHeap due = new EventHeap();
    private Operation pool;
    private final boolean shuffles;
    private final long tieSeed;
    private long sequence;
    /** Operations that are due but at no LUN. */
    private int elsewhere;

    // The request that is being submitted.
    private FlashRequest request;
    private boolean requestHigh;
    private boolean requestInOrder;
    private long requestNanos;
    private final Operation[] sources = new Operation[Limits.MAX_ADDRESSES];
    private int sourceCount;

    /**
     * Flash that has nothing to do.
     *
     * @param shuffleSeed orders what is due at the same time; empty for the order of submission
     */
    public FlashTimeline(NandTiming timing, Geometry geometry, Limits limits, OptionalLong shuffleSeed) {
        this.cells = timing.cells();
        this.order = cells.order();
        this.layout = new PageLayout(cells, geometry, limits);
        this.readNanos = cells.readNanos().toArray();
        this.programNanos = cells.programNanos().toArray();
        this.controllerNanos = timing.controller().commandNanos();
        this.busCommandNanos = timing.bus().commandNanos();
        this.shuffles = shuffleSeed.isPresent();
        this.tieSeed = shuffleSeed.orElse(0);
        for (int sectors = 1; sectors <= Limits.MAX_ADDRESSES; sectors++) {
            long bytes = (long) sectors * geometry.sectorBytes();
            commandNanos[sectors] = layout.phases(sectors) * busCommandNanos;
            dataNanos[sectors] = nanos(bytes, timing.bus().bytesPerSecond());
            hostReadNanos[sectors] = nanos(bytes, timing.controller().hostReadBytesPerSecond());
            hostWriteNanos[sectors] = nanos(bytes, timing.controller().hostWriteBytesPerSecond());
        }
        this.buses = new Bus[geometry.channels()];
        this.luns = new Lun[geometry.luns()];
        this.boundNanos = new long[geometry.luns()];
        Arrays.fill(boundNanos, Long.MAX_VALUE);
        for (int channel = 0; channel < buses.length; channel++) {
            buses[channel] = new Bus();
        }
        for (int lun = 0; lun < luns.length; lun++) {
            luns[lun] = new Lun(this, lun, buses[lun / geometry.lunsPerChannel()], timing);
        }
    }

    private static long nanos(long bytes, long bytesPerSecond) {
        return bytesPerSecond == 0 ? 0 : Math.round(bytes * 1e9 / bytesPerSecond);
    }

    /** Which sectors are a page. */
    public PageLayout layout() {
        return layout;
    }

    /**
     * Begins a request.
     *
     * @param high whether its operations go before those of normal priority that have not begun
     * @param inOrder whether nothing of it may overtake what was submitted before, whatever its priority
     * @param nowNanos when it is submitted
     */
    public void begin(FlashRequest newRequest, boolean high, boolean inOrder, long nowNanos) {
        request = newRequest;
        request.operationsLeft = 1;
        requestHigh = high && !inOrder;
        requestInOrder = inOrder;
        requestNanos = nowNanos;
        sourceCount = 0;
    }

    /**
     * Adds a read of sectors of one page.
     *
     * @param lun number of the LUN in the drive
     * @param page number of the page in its block, see {@link PageLayout#page}
     * @param sectors 1 to {@link Limits#MAX_ADDRESSES}
     */
    public void read(int lun, int page, int sectors) {
        Operation operation = newOperation(lun, Kind.READ, sectors);
        operation.arrayNanos = readNanos(page);
        operation.hostNanos = hostReadNanos[sectors];
        arrive(operation);
    }

    /**
     * Adds a program of sectors of one program unit.
     *
     * @param page number of any page of the unit
     */
    public void program(int lun, int page, int sectors) {
        Operation operation = newOperation(lun, Kind.PROGRAM, sectors);
        operation.arrayNanos = programNanos(page);
        long onLink = hostWriteNanos[sectors];
        // The link runs ahead of the bus: it must only not be behind when the bus is through.
        // Data stream through link and bus: the bus begins not before the link, and ends not before it.
        long brought = fromHost.take(requestNanos, onLink) - Math.min(onLink, operation.dataNanos);
        boolean behind = !awaited.isEmpty();
        arrive(operation, Math.max(requestNanos + controllerNanos, brought), behind);
    }

    /** Adds an erase of one block. */
    public void erase(int lun) {
        Operation operation = newOperation(lun, Kind.ERASE, 0);
        operation.arrayNanos = cells.eraseNanos();
        operation.commandNanos = layout.planes() * busCommandNanos;
        arrive(operation);
    }

    /** Adds sectors of one page as a source of the {@link #copyTo} that follows. */
    public void copyFrom(int lun, int page, int sectors) {
        Operation operation = newOperation(lun, Kind.READ, sectors);
        operation.arrayNanos = readNanos(page);
        sources[sourceCount++] = operation;
    }

    /**
     * Adds a program of sectors of one program unit that come from elsewhere in the drive, see {@link #copyFrom}. It begins
     * when they have been read. When all are on its own LUN, they are not moved over the bus.
     */
    public void copyTo(int lun, int page, int sectors) {
        Operation operation = newOperation(lun, Kind.PROGRAM, sectors);
        operation.arrayNanos = programNanos(page);
        operation.waitsFor = sourceCount;
        boolean within = true;
        for (int i = 0; i < sourceCount; i++) {
            within &= sources[i].lun == operation.lun;
        }
        for (int i = 0; i < sourceCount; i++) {
            Operation source = sources[i];
            sources[i] = null;
            if (within) {
                operation.arrayNanos += source.arrayNanos;
                request.operationsLeft--;
                recycle(source);
            } else {
                source.successor = operation;
                arrive(source);
            }
        }
        sourceCount = 0;
        if (within) {
            operation.kind = Kind.COPY;
            operation.waitsFor = 0;
            arrive(operation);
        }
    }

    /** Ends the request; one without operations takes the controller's time only. */
    public void submit() {
        if (--request.operationsLeft == 0) {
            Operation nothing = newOperation(-1, Kind.NOTHING, 0);
            elsewhere++;
            schedule(nothing, Step.DELIVERY, requestNanos + controllerNanos);
        }
        request = null;
    }

    /** Lets everything happen that is due by a time, that included. */
    public void advance(long nowNanos) {
        while (!due.isEmpty() && due.firstNanos() <= nowNanos) {
            Operation operation = due.removeFirst();
            long at = operation.eventNanos;
            switch (operation.step) {
                case ARRIVAL -> arrived(operation, at);
                case DELIVERY -> {
                    elsewhere--;
                    finish(operation, at);
                }
                case ARRAY_START, ARRAY_END, TRANSFER_END -> operation.lun.step(operation, at);
            }
        }
    }

    /** When something happens next, unless something is submitted; {@link Long#MAX_VALUE} when nothing is under way. */
    public long nextNanos() {
        return due.firstNanos();
    }

    /**
     * No operation of a LUN finishes before, unless {@link #isElsewhere}; {@link Long#MAX_VALUE} when it has nothing to do.
     * What is submitted later may well finish earlier.
     */
    public long boundNanos(int lun) {
        return boundNanos[lun];
    }

    /** What an operation of a LUN does has changed. */
    void boundNanos(int lun, long nanos) {
        boundNanos[lun] = nanos;
    }

    /** Whether some operation is under way between host and LUN, where {@link #boundNanos} does not see it. */
    public boolean isElsewhere() {
        return elsewhere > 0;
    }

    /** How long a LUN has had something to do until now, from the first command cycle until the last data are out. */
    public long lunBusyNanos(int lun, long nowNanos) {
        return luns[lun].busyNanos(nowNanos);
    }

    /** How long the bus of a channel has been in use until now. */
    public long channelBusyNanos(int channel, long nowNanos) {
        return buses[channel].busyNanos(nowNanos);
    }

    void schedule(Operation operation, Step step, long at) {
        operation.step = step;
        operation.eventNanos = at;
        due.put(operation);
    }

    /** Nothing is due of an operation any more, if anything was. */
    void cancel(Operation operation) {
        if (operation.heapIndex != Operation.NOT_DUE) {
            due.remove(operation);
        }
    }

    /** The data of a read are ready: takes their time on the host's link. */
    void askHost(Operation operation, long now) {
        operation.deliveredNanos = toHost.take(now, operation.hostNanos);
    }

    /** The data of a read have left its LUN. */
    void deliver(Operation operation, long now) {
        if (operation.deliveredNanos <= now) {
            finish(operation, now);
        } else {
            elsewhere++;
            schedule(operation, Step.DELIVERY, operation.deliveredNanos);
        }
    }

    /** An operation is done; it is no longer the caller's. */
    void finish(Operation operation, long now) {
        FlashRequest of = operation.request;
        Operation successor = operation.successor;
        recycle(operation);
        if (successor != null && --successor.waitsFor == 0) {
            successor.arrivesNanos = now;
            successor.lun.submit(successor);
        }
        if (--of.operationsLeft == 0) {
            of.finished(now);
        }
    }

    private void arrive(Operation operation) {
        arrive(operation, requestNanos + controllerNanos, requestInOrder && !awaited.isEmpty());
    }

    /** Sends an operation to its LUN, or into the line of those that the host's link has not brought yet. */
    private void arrive(Operation operation, long at, boolean behind) {
        if (!behind && at <= requestNanos + controllerNanos) {
            operation.arrivesNanos = at;
            operation.lun.submit(operation);
            return;
        }
        awaitedNanos = Math.max(awaitedNanos, at);
        operation.arrivesNanos = awaitedNanos;
        elsewhere++;
        awaited.add(operation);
        if (awaited.first() == operation) {
            schedule(operation, Step.ARRIVAL, operation.arrivesNanos);
        }
    }

    private void arrived(Operation operation, long now) {
        elsewhere--;
        awaited.removeFirst();
        if (!awaited.isEmpty()) {
            Operation next = awaited.first();
            schedule(next, Step.ARRIVAL, Math.max(now, next.arrivesNanos));
        }
        operation.lun.submit(operation);
    }

    private Operation newOperation(int lun, Kind kind, int sectors) {
        Operation operation = pool;
        if (operation == null) {
            operation = new Operation();
        } else {
            pool = operation.next;
            operation.next = null;
        }
        request.operationsLeft++;
        operation.request = request;
        operation.lun = lun < 0 ? null : luns[lun];
        operation.kind = kind;
        operation.high = requestHigh;
        operation.commandNanos = commandNanos[sectors];
        operation.dataNanos = dataNanos[sectors];
        operation.hostNanos = 0;
        operation.deliveredNanos = Long.MIN_VALUE;
        operation.suspensions = 0;
        operation.tie = tie(++sequence);
        return operation;
    }

    private void recycle(Operation operation) {
        operation.request = null;
        operation.successor = null;
        operation.lun = null;
        operation.next = pool;
        pool = operation;
    }

    private long tie(long number) {
        if (!shuffles) {
            return number;
        }
        long mixed = tieSeed + number * GOLDEN;
        mixed = (mixed ^ mixed >>> 30) * MIX_1;
        mixed = (mixed ^ mixed >>> 27) * MIX_2;
        return mixed ^ mixed >>> 31;
    }

    private long readNanos(int page) {
        return readNanos[order.kind(page, layout.pagesPerBlock())];
    }

    private long programNanos(int page) {
        return programNanos.length == 1 ? programNanos[0] : programNanos[order.kind(page, layout.pagesPerBlock())];
    }
}
