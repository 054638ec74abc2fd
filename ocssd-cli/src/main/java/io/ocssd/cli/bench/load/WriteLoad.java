package io.ocssd.cli.bench.load;

import com.google.common.collect.ImmutableList;

/**
 * A stream of writes: as many writers as LUNs are written at a time, each with one open block.
 *
 * @param sectors sectors of a request
 * @param depth most requests of a writer under way
 * @param luns which LUNs are written, by linear number
 * @param active how many of them are written at a time; when fewer than all, a writer moves on to the next LUN with every
 *     block
 * @param busyFraction in a closed loop, for how much of the time a writer has a request under way: after each it pauses for
 *     as long as it takes to make that true; 1 for back to back
 * @param requestsPerSecond mean rate of requests that arrive by a Poisson process, each taken by the writer that has waited
 *     longest; 0 for a closed loop
 */
public record WriteLoad(
        int sectors,
        int depth,
        ImmutableList<Integer> luns,
        int active,
        double busyFraction,
        double requestsPerSecond) {
    /** Checks every field. */
    public WriteLoad {
        if (sectors < 1
                || depth < 1
                || luns.isEmpty()
                || active < 1
                || active > luns.size()
                || !(busyFraction > 0 && busyFraction <= 1)
                || !(requestsPerSecond >= 0)) {
            throw new IllegalArgumentException("sectors=" + sectors + ", depth=" + depth + ", luns=" + luns
                    + ", active=" + active + ", busyFraction=" + busyFraction + ", requestsPerSecond="
                    + requestsPerSecond);
        }
    }
}
