package io.ocssd.cli.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Gathers the events of one moment and makes rates of two moments that follow each other. A drive or target that is seen for
 * the first time is shown from the next moment on.
 */
final class Sampler {
    private final long process;
    private final Map<String, Counters> before = new TreeMap<>();
    private final Map<String, Counters> now = new TreeMap<>();

    Sampler(long process) {
        this.process = process;
    }

    /** Takes what an event says; the interval that ended with the moment before, if this is of a later one. */
    Optional<Interval> add(Counters counters) {
        Optional<Interval> ended = now.containsKey(counters.key()) ? end() : Optional.empty();
        now.put(counters.key(), counters);
        return ended;
    }

    /** No more events of this moment will come: the interval that ended with it, if there was a moment before. */
    Optional<Interval> end() {
        List<Rates> devices = new ArrayList<>();
        List<Rates> targets = new ArrayList<>();
        Instant last = Instant.EPOCH;
        for (Map.Entry<String, Counters> each : now.entrySet()) {
            Counters counters = each.getValue();
            Counters from = before.put(each.getKey(), counters);
            if (from != null && counters.follows(from)) {
                (counters.isTarget() ? targets : devices).add(Rates.between(from, counters));
                last = counters.time().isAfter(last) ? counters.time() : last;
            }
        }
        now.clear();
        return devices.isEmpty() && targets.isEmpty()
                ? Optional.empty()
                : Optional.of(new Interval(
                        process, last.getEpochSecond() * 1_000_000_000 + last.getNano(), devices, targets));
    }
}
