package io.ocssd.geometry.zns;

import java.util.ArrayList;
import java.util.List;

/**
 * Zones that an earlier owner who was killed has left open by command, or active without anything in them. They take places
 * that nobody uses. The former are closed and the latter reset, in which nothing can be lost, but not before the drive is
 * changed for the first time: who only reads writes nothing. Thread-safe.
 */
final class Leftovers {
    private final ZonedDisk disk;
    private final List<KernelZone> zones = new ArrayList<>();
    private volatile boolean done;

    Leftovers(ZonedDisk disk, List<KernelZone> reported) {
        this.disk = disk;
        for (KernelZone each : reported) {
            if (each.state() == ZoneState.EXPLICITLY_OPEN || (each.state().isActive() && each.writtenBytes() == 0)) {
                zones.add(each);
            }
        }
        done = zones.isEmpty();
    }

    /** Clears up, the first time. What the drive refuses it will refuse again when a place is needed, and say why then. */
    void clear() {
        if (!done) {
            clearNow();
        }
    }

    private synchronized void clearNow() {
        for (KernelZone each : zones) {
            long request = each.writtenBytes() == 0 ? ZoneLayout.BLKRESETZONE : ZoneLayout.BLKCLOSEZONE;
            disk.manage(request, each.startByte(), each.lengthBytes());
        }
        zones.clear();
        done = true;
    }
}
