package io.ocssd.cli.bench.load;

import com.google.common.collect.ImmutableList;
import io.ocssd.device.Priority;

/**
 * A stream of reads.
 *
 * @param random whether requests are at random places, or one after the other
 * @param sectors sectors of a request
 * @param depth most requests under way, in the whole stream
 * @param luns which LUNs are read, by linear number
 * @param blocksPerLun how many written blocks of each LUN it takes, at least
 * @param priority how urgent they are
 * @param requestsPerSecond mean rate of requests that arrive by a Poisson process; 0 for a closed loop, where the next
 *     request arrives when one has completed
 */
public record ReadLoad(
        boolean random,
        int sectors,
        int depth,
        ImmutableList<Integer> luns,
        int blocksPerLun,
        Priority priority,
        double requestsPerSecond) {
    /** Checks every field. */
    public ReadLoad {
        if (sectors < 1 || depth < 1 || luns.isEmpty() || blocksPerLun < 1 || !(requestsPerSecond >= 0)) {
            throw new IllegalArgumentException("sectors=" + sectors + ", depth=" + depth + ", luns=" + luns
                    + ", blocksPerLun=" + blocksPerLun + ", requestsPerSecond=" + requestsPerSecond);
        }
    }
}
