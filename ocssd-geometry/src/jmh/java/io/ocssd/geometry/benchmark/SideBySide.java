package io.ocssd.geometry.benchmark;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/**
 * Runs two pieces of work by turns in one process, in slices of a fraction of a millisecond, and compares slices that were
 * next to each other: what a machine that is busy with other things leaves comparable.
 */
public final class SideBySide {
    private static final long SLICE_NANOS = 300_000;
    private static final int QUARTER = 4;

    /** Keeps results alive. */
    @SuppressWarnings("unused") // it is only written
    private static volatile int sink;

    private SideBySide() {}

    /**
     * Runs and prints one line: nanoseconds of each piece in the quietest slice and in the quarter, and the peer's time as a
     * share of the other's: of the quietest slices, of the quarters, and the median of all pairs of neighbours.
     *
     * @param pairs slices of each
     */
    public static void compare(String name, int pairs, Callable<?> peer, Callable<?> work) throws Exception {
        int peerCount = warmUp(peer);
        int workCount = warmUp(work);
        List<Double> peers = new ArrayList<>();
        List<Double> works = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < pairs; i++) {
            double ofPeer = slice(peer, peerCount);
            double ofWork = slice(work, workCount);
            peers.add(ofPeer);
            works.add(ofWork);
            ratios.add(ofPeer / ofWork);
        }
        Collections.sort(peers);
        Collections.sort(works);
        Collections.sort(ratios);
        System.out.printf(
                Locale.ROOT,
                "%-40s peer %10.1f %10.1f   work %10.1f %10.1f   ratio %.2f %.2f %.2f%n",
                name,
                peers.get(0),
                peers.get(pairs / QUARTER),
                works.get(0),
                works.get(pairs / QUARTER),
                peers.get(0) / works.get(0),
                peers.get(pairs / QUARTER) / works.get(pairs / QUARTER),
                ratios.get(pairs / 2));
    }

    /** Lets it be compiled; returns how often it fits a slice. */
    private static int warmUp(Callable<?> work) throws Exception {
        int count = 1;
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 400; round++) {
            double each = slice(work, count);
            best = Math.min(best, Math.max(1, (long) each));
            count = (int) Math.max(1, Math.min(SLICE_NANOS / best, 2L * count));
        }
        return count;
    }

    private static double slice(Callable<?> work, int count) throws Exception {
        int sum = 0;
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            sum += work.call().hashCode();
        }
        long nanos = System.nanoTime() - begin;
        sink = sum;
        return (double) nanos / count;
    }
}
