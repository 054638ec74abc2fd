package io.ocssd.ftl.storm;

import io.ocssd.vblock.Vblock;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** What is known of all vblocks of a drive. */
final class StormModel {
    private final TreeMap<Long, VblockModel> vblocks = new TreeMap<>();
    private final Set<Long> everSeen = new HashSet<>();
    /** Allocations that had not returned. */
    private int allocating;
    /** Calls of any other kind that change something and had not returned. */
    private int calls;

    StormModel copy() {
        StormModel copy = new StormModel();
        vblocks.forEach((id, model) -> copy.vblocks.put(id, model.copy()));
        copy.everSeen.addAll(everSeen);
        copy.allocating = allocating;
        return copy;
    }

    Collection<VblockModel> all() {
        return List.copyOf(vblocks.values());
    }

    /** Those that nobody began to erase. */
    List<VblockModel> alive() {
        return vblocks.values().stream().filter(each -> !each.eraseBegun).toList();
    }

    /** Adds one that was never there before. */
    void add(VblockModel model) {
        if (!everSeen.add(model.id)) {
            throw new AssertionError("vblock id " + Long.toHexString(model.id) + " came twice");
        }
        vblocks.put(model.id, model);
    }

    void forget(VblockModel model) {
        vblocks.remove(model.id);
    }

    void allocating() {
        allocating++;
    }

    void allocated() {
        allocating--;
    }

    void calling() {
        calls++;
    }

    void returned() {
        calls--;
    }

    /** Whether this is a vblock whose allocation was cut short; each is that once. */
    boolean mayBeUnknown(Vblock vblock) {
        boolean may = allocating > 0 && vblock.length() == 0 && !everSeen.contains(vblock.id());
        allocating--;
        return may;
    }

    boolean hasUnacknowledgedWork() {
        return allocating > 0
                || calls > 0
                || vblocks.values().stream().anyMatch(each -> each.appendedBytes() > each.syncedBytes());
    }

    /** A life ended. */
    void ended() {
        calls = 0;
    }

    /** A life began, and everything was compared. */
    void began() {
        allocating = 0;
        calls = 0;
    }
}
