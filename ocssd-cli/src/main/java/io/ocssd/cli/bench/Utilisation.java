package io.ocssd.cli.bench;

import io.ocssd.device.DeviceCounters;
import java.util.ArrayList;
import java.util.List;

/** For how much of a time each LUN was at work, by the counters of the device. */
final class Utilisation {
    private Utilisation() {}

    /** Fractions by linear number of the LUN; null when the device does not tell. */
    static List<Double> between(DeviceCounters before, DeviceCounters after, int luns, long nanos) {
        if (after.busyNanos(0) < 0 || nanos <= 0) {
            return null;
        }
        List<Double> fractions = new ArrayList<>();
        for (int lun = 0; lun < luns; lun++) {
            long busy = after.busyNanos(lun) - Math.max(0, before.busyNanos(lun));
            fractions.add((double) busy / nanos);
        }
        return fractions;
    }
}
