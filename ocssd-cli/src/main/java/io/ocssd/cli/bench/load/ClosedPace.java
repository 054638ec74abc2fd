package io.ocssd.cli.bench.load;

/**
 * The next request arrives when there is room for it, or after a pause that is in proportion to how long the last one took.
 *
 * <p>Rooms wait in a heap by the time from which they may be used, ties in the order in which they came.
 */
final class ClosedPace implements Pace {
    private final double pauseByService;
    private final long[] dueNanos;
    private final long[] order;
    private final int[] lanes;
    private int count;
    private long rooms;
    private long arrivalNanos;

    /**
     * A pace.
     *
     * @param busyFraction for how much of the time a request is under way: 1 for no pause
     * @param mostRooms most rooms that can wait
     */
    ClosedPace(double busyFraction, int mostRooms) {
        this.pauseByService = (1 - busyFraction) / busyFraction;
        this.dueNanos = new long[mostRooms];
        this.order = new long[mostRooms];
        this.lanes = new int[mostRooms];
    }

    @Override
    public void room(int lane, long nowNanos, long servedNanos) {
        int at = count++;
        set(at, nowNanos + Math.round(servedNanos * pauseByService), rooms++, lane);
        while (at > 0 && isBefore(at, (at - 1) / 2)) {
            swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    @Override
    public int take(long nowNanos) {
        if (count == 0 || dueNanos[0] > nowNanos) {
            return -1;
        }
        int lane = lanes[0];
        arrivalNanos = nowNanos;
        count--;
        set(0, dueNanos[count], order[count], lanes[count]);
        for (int at = 0, least; (least = leastOf(at)) != at; at = least) {
            swap(at, least);
        }
        return lane;
    }

    @Override
    public long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public long wakeNanos() {
        return count == 0 ? NEVER : dueNanos[0];
    }

    @Override
    public long nextArrivalNanos() {
        return NEVER;
    }

    @Override
    public void skip() {
        throw new IllegalStateException("nothing arrives by itself in a closed loop");
    }

    @Override
    public boolean isOpen() {
        return false;
    }

    /** The first due of a place and its two children. */
    private int leastOf(int at) {
        int least = at;
        for (int child = 2 * at + 1; child <= 2 * at + 2 && child < count; child++) {
            if (isBefore(child, least)) {
                least = child;
            }
        }
        return least;
    }

    private boolean isBefore(int a, int b) {
        return dueNanos[a] < dueNanos[b] || (dueNanos[a] == dueNanos[b] && order[a] < order[b]);
    }

    private void swap(int a, int b) {
        long due = dueNanos[a];
        long number = order[a];
        int lane = lanes[a];
        set(a, dueNanos[b], order[b], lanes[b]);
        set(b, due, number, lane);
    }

    private void set(int at, long due, long number, int lane) {
        dueNanos[at] = due;
        order[at] = number;
        lanes[at] = lane;
    }
}
