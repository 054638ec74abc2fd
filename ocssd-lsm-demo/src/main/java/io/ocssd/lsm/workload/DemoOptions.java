package io.ocssd.lsm.workload;

import io.ocssd.device.DeviceUri;

/**
 * What the demo is run with.
 *
 * @param drive what is created, as a URI with its shape: it must not be there yet. A kind of drive that outlives an
 *     opening, with power cuts. Its parameter {@code persist} goes for every opening, too
 * @param source the entries
 * @param seed decides everything that is left to chance
 * @param virtualClock whether it runs in virtual time, where the same seed and source give the same report
 * @param syncEvery puts and deletes between two syncs, at least 1
 * @param programmedCapacities how often the drive's capacity must be programmed at least before the power is cut
 */
public record DemoOptions(
        DeviceUri drive, Source source, long seed, boolean virtualClock, int syncEvery, int programmedCapacities) {
    /** Checks the numbers. */
    public DemoOptions {
        if (syncEvery < 1 || programmedCapacities < 1 || source.size() < 1) {
            throw new IllegalArgumentException("syncEvery=" + syncEvery + ", programmedCapacities="
                    + programmedCapacities + ", entries=" + source.size());
        }
    }

    /** The demo as the command runs it: a sync every 64 operations, three capacities. */
    public static DemoOptions standard(DeviceUri drive, Source source, long seed, boolean virtualClock) {
        return new DemoOptions(drive, source, seed, virtualClock, 64, 3);
    }
}
