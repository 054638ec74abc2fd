package io.ocssd.cli.bench.load;

import java.util.SplittableRandom;

/**
 * Requests arrive by a Poisson process, whether there is room or not. What finds no room waits, first come first served;
 * the room that has been free longest takes the next one.
 *
 * <p>An arrival is drawn when the one before it was taken, so no list of those that wait is needed, however many they are.
 */
final class PoissonPace implements Pace {
    private final double nanosPerRequest;
    private final SplittableRandom gaps;
    private final int[] lanes;
    private int head;
    private int count;
    private long nextNanos;
    private long arrivalNanos;

    /**
     * A process.
     *
     * @param beginNanos when it begins
     * @param requestsPerSecond mean rate, above 0
     * @param mostRooms most rooms that can wait
     */
    PoissonPace(long beginNanos, double requestsPerSecond, int mostRooms, SplittableRandom gaps) {
        this.nanosPerRequest = 1e9 / requestsPerSecond;
        this.gaps = gaps;
        this.lanes = new int[mostRooms];
        this.nextNanos = beginNanos + gap();
    }

    @Override
    public void room(int lane, long nowNanos, long servedNanos) {
        lanes[(head + count++) % lanes.length] = lane;
    }

    @Override
    public int take(long nowNanos) {
        if (count == 0 || nextNanos > nowNanos) {
            return -1;
        }
        int lane = lanes[head];
        head = (head + 1) % lanes.length;
        count--;
        arrivalNanos = nextNanos;
        nextNanos += gap();
        return lane;
    }

    @Override
    public long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public long wakeNanos() {
        return count == 0 ? NEVER : nextNanos;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public long nextArrivalNanos() {
        return nextNanos;
    }

    @Override
    public void skip() {
        nextNanos += gap();
    }

    /** Exponentially distributed; by the portable logarithm, so that the same seed gives the same gaps everywhere. */
    private long gap() {
        return Math.round(-StrictMath.log(1 - gaps.nextDouble()) * nanosPerRequest);
    }
}
