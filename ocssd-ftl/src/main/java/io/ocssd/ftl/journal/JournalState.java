package io.ocssd.ftl.journal;

import io.ocssd.target.LifetimeCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the journal remembers, in memory. Not thread-safe. */
final class JournalState {
    private final TreeMap<Integer, RetireReason> retired = new TreeMap<>();
    private final TreeSet<Long> erasing = new TreeSet<>();
    private final TreeMap<Long, SealedEnd> sealed = new TreeMap<>();
    /** Of {@link #erasing}: what nothing is left of, so that the next checkpoint leaves it out. */
    private final TreeSet<Long> erased = new TreeSet<>();

    private LifetimeCounters counters = LifetimeCounters.ZERO;

    /** Adds what a record says. The first reason to retire a block stays. */
    void apply(JournalRecord record) {
        if (record instanceof JournalRecord.Retired each) {
            retired.putIfAbsent(each.block(), each.reason());
        } else if (record instanceof JournalRecord.Erasing each) {
            erasing.add(each.vblockId());
        } else if (record instanceof JournalRecord.Sealed each) {
            sealed.put(each.vblockId(), each.end());
        } else if (record instanceof JournalRecord.Counted each) {
            counters = each.counters();
        }
    }

    /** Nothing is left of a vblock. */
    void erased(long vblockId) {
        sealed.remove(vblockId);
        if (erasing.contains(vblockId)) {
            erased.add(vblockId);
        }
    }

    /** Everything that still matters, as records; what was erased is forgotten. */
    List<JournalRecord> snapshot() {
        erasing.removeAll(erased);
        erased.clear();
        List<JournalRecord> records = new ArrayList<>();
        records.add(new JournalRecord.Counted(counters));
        retired.forEach((block, reason) -> records.add(new JournalRecord.Retired(block, reason)));
        erasing.forEach(id -> records.add(new JournalRecord.Erasing(id)));
        sealed.forEach((id, end) -> records.add(new JournalRecord.Sealed(id, end)));
        return records;
    }

    /** Retired blocks, by linear number. */
    Map<Integer, RetireReason> retired() {
        return retired;
    }

    /** Vblocks whose erase began and may not have ended. */
    Set<Long> erasing() {
        TreeSet<Long> ids = new TreeSet<>(erasing);
        ids.removeAll(erased);
        return ids;
    }

    /** Ends of vblocks that recovery sealed. */
    Map<Long, SealedEnd> sealed() {
        return sealed;
    }

    /** The counters recorded last. */
    LifetimeCounters counters() {
        return counters;
    }
}
