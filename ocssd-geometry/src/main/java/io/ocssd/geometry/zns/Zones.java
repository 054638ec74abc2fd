package io.ocssd.geometry.zns;

import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * What the zones of a drive are like, and the rules of NVMe Zoned Namespaces about them.
 *
 * <p>The owner of a drive is the only one who changes it, so it can know all of this itself; it has to, since the block layer
 * tells neither statuses nor, of a finished zone, how much of it was written. Whenever the drive refuses what the rules allow,
 * the zone is asked for again.
 *
 * <p>Who changes zones claims them first, all that a command names at once, so that commands of different queues do not mix.
 * Reads claim nothing: they look at {@link #readableEnd} and go. Thread-safe.
 */
final class Zones {
    /** A zone that the drive does not have. */
    static final int NONE = -1;

    private final Geometry geometry;
    private final Limits limits;
    private final ZoneState[] states;
    private final int[] sectors;
    private final long[] startBytes;
    private final long[] lengthBytes;
    /** Sectors of each zone that hold data; what is behind them can't be read, in a finished zone too. */
    private final AtomicIntegerArray written;

    private final BitSet claimed = new BitSet();
    /** Of each claimed zone: what finishes the command that has it, where that takes somebody's call. */
    private final Runnable[] hurries;

    private int active;
    private int explicitlyOpen;

    /**
     * Takes what the kernel reports. Zones that nothing was written to count as empty, and explicitly opened ones as closed:
     * see {@link Leftovers}.
     */
    Zones(Geometry geometry, Limits limits, List<KernelZone> reported) {
        this.geometry = geometry;
        this.limits = limits;
        int count = geometry.blocks();
        this.states = new ZoneState[count];
        this.sectors = new int[count];
        this.startBytes = new long[count];
        this.lengthBytes = new long[count];
        this.written = new AtomicIntegerArray(count);
        this.hurries = new Runnable[count];
        for (int zone = 0; zone < count; zone++) {
            KernelZone each = reported.get(zone);
            sectors[zone] = (int) (each.capacityBytes() / geometry.sectorBytes());
            startBytes[zone] = each.startByte();
            lengthBytes[zone] = each.lengthBytes();
            states[zone] = stateAtOpen(each);
            written.set(zone, states[zone] == ZoneState.OFFLINE ? 0 : writtenSectors(each));
            active += states[zone].isActive() ? 1 : 0;
        }
    }

    private static ZoneState stateAtOpen(KernelZone zone) {
        if (!zone.state().isActive()) {
            return zone.state();
        }
        return zone.writtenBytes() == 0 ? ZoneState.EMPTY : ZoneState.ACTIVE;
    }

    private int writtenSectors(KernelZone zone) {
        return (int) (zone.writtenBytes() / geometry.sectorBytes());
    }

    long startByte(int zone) {
        return startBytes[zone];
    }

    long lengthBytes(int zone) {
        return lengthBytes[zone];
    }

    /** Sectors that a zone has. */
    int sectors(int zone) {
        return sectors[zone];
    }

    synchronized ZoneState state(int zone) {
        return states[zone];
    }

    /** First sector of a zone that can't be read. */
    int readableEnd(int zone) {
        return written.getOpaque(zone);
    }

    // ---- claims

    /** Waits until nobody else changes a zone of a command, and keeps others from it. */
    void claim(ZnsSlot slot) {
        boolean interrupted = false;
        boolean waited = false;
        while (true) {
            Runnable hurry;
            synchronized (this) {
                if (tryClaim(slot, null)) {
                    break;
                }
                hurry = hurryOf(slot);
                if (hurry == null || !waited) {
                    interrupted |= isInterruptedWhileWaiting(hurry == null ? 0 : 1);
                    waited = true;
                    continue;
                }
            }
            // Not under the monitor: it releases what it finishes.
            hurry.run();
            waited = false;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // who calls it loops
    private boolean isInterruptedWhileWaiting(long millis) {
        try {
            wait(millis);
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    /** What brings on the end of a command that is in the way of this one; null when it needs nobody to do so. */
    private Runnable hurryOf(ZnsSlot slot) {
        for (int i = 0; i < slot.count(); i = slot.endOfRun(i)) {
            if (slot.zone(i) != NONE && claimed.get(slot.zone(i)) && hurries[slot.zone(i)] != null) {
                return hurries[slot.zone(i)];
            }
        }
        return null;
    }

    /**
     * Claims what a command changes if nobody has claimed any of it.
     *
     * @param hurry finishes the command if it can be finished, for who waits for it; null when it ends by itself
     */
    synchronized boolean tryClaim(ZnsSlot slot, Runnable hurry) {
        for (int i = 0; i < slot.count(); i = slot.endOfRun(i)) {
            if (slot.zone(i) != NONE && claimed.get(slot.zone(i))) {
                return false;
            }
        }
        for (int i = 0; i < slot.count(); i = slot.endOfRun(i)) {
            if (slot.zone(i) != NONE) {
                claimed.set(slot.zone(i));
                hurries[slot.zone(i)] = hurry;
            }
        }
        return true;
    }

    /** Lets others change the zones again. */
    synchronized void release(ZnsSlot slot) {
        for (int i = 0; i < slot.count(); i = slot.endOfRun(i)) {
            if (slot.zone(i) != NONE) {
                claimed.clear(slot.zone(i));
                hurries[slot.zone(i)] = null;
            }
        }
        notifyAll();
    }

    // ---- programs

    /**
     * Checks a program of claimed zones, the place of an append included, and makes the empty ones among them active. Either
     * all runs are accepted, or the slot says which was not and why, and nothing has changed.
     */
    synchronized boolean accept(ZnsSlot slot) {
        if (slot.operation() == IoCommand.Operation.APPEND && !place(slot)) {
            return false;
        }
        long taken = 0;
        for (int from = 0, to; from < slot.count(); from = to) {
            to = slot.endOfRun(from);
            int status = program(slot, from, to);
            if (status != NvmeStatus.SUCCESS) {
                giveBack(slot, taken);
                slot.fail(status, from, to);
                return false;
            }
            if (states[slot.zone(from)] == ZoneState.EMPTY) {
                move(slot.zone(from), ZoneState.ACTIVE);
                taken |= 1L << from;
            }
        }
        return true;
    }

    private boolean place(ZnsSlot slot) {
        int zone = slot.zone(0);
        if (zone != NONE && slot.sector(0) != 0) {
            slot.failAll(NvmeStatus.INVALID_FIELD);
            return false;
        }
        if (zone != NONE) {
            slot.placeAt(written.get(zone));
        }
        return true;
    }

    private void giveBack(ZnsSlot slot, long runs) {
        for (long left = runs; left != 0; left &= left - 1) {
            move(slot.zone(Long.numberOfTrailingZeros(left)), ZoneState.EMPTY);
        }
    }

    private int program(ZnsSlot slot, int from, int to) {
        int zone = slot.zone(from);
        if (zone == NONE) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        switch (states[zone]) {
            case FULL -> {
                return NvmeStatus.ZONE_FULL;
            }
            case READ_ONLY -> {
                return NvmeStatus.ZONE_READ_ONLY;
            }
            case OFFLINE -> {
                return NvmeStatus.ZONE_OFFLINE;
            }
            case EMPTY, ACTIVE, EXPLICITLY_OPEN -> {}
        }
        if ((to - from) % limits.wsMin() != 0) {
            return NvmeStatus.INVALID_FIELD;
        }
        // A zone that was named before by the same command would have another write pointer by now.
        if (slot.sector(from) != written.get(zone) || slot.endOfAscent(from) < to || slot.namesBefore(zone, from)) {
            return NvmeStatus.ZONE_INVALID_WRITE;
        }
        if (written.get(zone) + to - from > sectors[zone]) {
            return NvmeStatus.ZONE_BOUNDARY;
        }
        return place(zone);
    }

    /** Whether there is a place among the active and the open zones for one to be written to or opened. */
    private int place(int zone) {
        if (states[zone] == ZoneState.EMPTY && limits.maxActive() > 0 && active >= limits.maxActive()) {
            return NvmeStatus.TOO_MANY_ACTIVE;
        }
        boolean stays = states[zone] == ZoneState.EXPLICITLY_OPEN;
        if (!stays && limits.maxOpen() > 0 && explicitlyOpen >= limits.maxOpen()) {
            return NvmeStatus.TOO_MANY_OPEN;
        }
        return NvmeStatus.SUCCESS;
    }

    /** A run of a claimed zone has been programmed. */
    synchronized void programmed(int zone, int length) {
        int after = written.get(zone) + length;
        written.setRelease(zone, after);
        if (after == sectors[zone]) {
            move(zone, ZoneState.FULL);
        }
    }

    // ---- whole zones

    /** What an erase, finish, open or close of a zone is answered, as far as the rules go. */
    synchronized int manage(IoCommand.Operation operation, int zone, int sector) {
        if (zone == NONE) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        if (sector != 0) {
            return NvmeStatus.INVALID_FIELD;
        }
        ZoneState state = states[zone];
        boolean allowed = switch (operation) {
            case ERASE, FINISH -> state != ZoneState.READ_ONLY && state != ZoneState.OFFLINE;
            case OPEN -> state == ZoneState.EMPTY || state.isActive();
            case CLOSE -> state.isActive();
            default -> throw new IllegalArgumentException("operation=" + operation);
        };
        if (!allowed) {
            return NvmeStatus.INVALID_ZONE_TRANSITION;
        }
        return operation == IoCommand.Operation.OPEN ? place(zone) : NvmeStatus.SUCCESS;
    }

    /** An erase, finish, open or close of a claimed zone has been done. */
    synchronized void managed(IoCommand.Operation operation, int zone) {
        switch (operation) {
            case ERASE -> {
                written.setRelease(zone, 0);
                move(zone, ZoneState.EMPTY);
            }
            case FINISH -> move(zone, ZoneState.FULL);
            case OPEN -> move(zone, ZoneState.EXPLICITLY_OPEN);
            case CLOSE -> move(zone, ZoneState.ACTIVE);
            default -> throw new IllegalArgumentException("operation=" + operation);
        }
    }

    /**
     * Takes over how a claimed zone is that did not do what it should have done.
     *
     * @param state what may be done with it from now on
     */
    synchronized void correct(int zone, ZoneState state, KernelZone found) {
        written.setRelease(zone, state == ZoneState.OFFLINE ? 0 : Math.min(sectors[zone], writtenSectors(found)));
        move(zone, state);
    }

    /**
     * A program failed and the drive does not tell how far it came: the zone takes no more of them.
     *
     * @param good sectors that are known to have been written
     */
    synchronized void giveUp(int zone, int good) {
        written.setRelease(zone, written.get(zone) + good);
        move(zone, ZoneState.READ_ONLY);
    }

    private void move(int zone, ZoneState after) {
        ZoneState before = states[zone];
        active += (after.isActive() ? 1 : 0) - (before.isActive() ? 1 : 0);
        explicitlyOpen += (after == ZoneState.EXPLICITLY_OPEN ? 1 : 0) - (before == ZoneState.EXPLICITLY_OPEN ? 1 : 0);
        states[zone] = after;
    }

    /** Takes over what another owner has made of the zones since; for drives that are only looked at. */
    synchronized void look(List<KernelZone> reported) {
        for (int zone = 0; zone < states.length; zone++) {
            correct(zone, stateAtOpen(reported.get(zone)), reported.get(zone));
        }
    }

    /**
     * Leaves the drive as if it had lost its power: zones that were opened by command are closed, and empty when nothing was
     * written to them. What the drive refuses stays as it is until the next opening.
     */
    synchronized void settle(ZonedDisk disk) {
        for (int zone = 0; zone < states.length; zone++) {
            if (states[zone].isActive() && written.get(zone) == 0) {
                disk.manage(ZoneLayout.BLKRESETZONE, startBytes[zone], lengthBytes[zone]);
            } else if (states[zone] == ZoneState.EXPLICITLY_OPEN) {
                disk.manage(ZoneLayout.BLKCLOSEZONE, startBytes[zone], lengthBytes[zone]);
            }
        }
    }

    // ---- what others see

    synchronized BlockReport report() {
        BlockReport report = new BlockReport(geometry);
        for (int zone = 0; zone < states.length; zone++) {
            int pointer = switch (states[zone]) {
                case FULL -> sectors[zone];
                case OFFLINE -> 0;
                default -> written.get(zone);
            };
            report.set(zone, states[zone].shown(), pointer, BlockReport.UNKNOWN_ERASES);
            report.describe(zone, BlockType.SEQUENTIAL, Math.max(1, sectors[zone]), 0);
        }
        return report;
    }
}
