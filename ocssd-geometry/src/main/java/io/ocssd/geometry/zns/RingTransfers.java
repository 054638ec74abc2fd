package io.ocssd.geometry.zns;

import io.ocssd.device.IoCommand;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.natives.Ring;

/**
 * Reads and writes of one stretch each, which the kernel does by itself (io_uring). Everything else, and what did not go as it
 * should have, is done by calls. Belongs to the owner of a queue.
 */
final class RingTransfers implements AutoCloseable {
    /** Room beside one entry for each command. */
    private static final int SPARE = 2;
    /** Handing over this many at once makes the system call cheap enough; more would only delay them. */
    private static final int BATCH = 8;

    /** What became of a command that was offered. */
    enum Start {
        /** It is under way. */
        UNDER_WAY,
        /** It was refused, and has ended. */
        ENDED,
        /** It is for calls. */
        DECLINED
    }

    private final Ring ring;
    private final ZonedDisk disk;
    private final Zones zones;
    private final ZoneWork work;
    /** What finishes commands that the kernel has done with, for whoever waits for their zones. */
    private final Runnable hurry;

    private int underWay;

    private RingTransfers(Ring ring, ZonedDisk disk, Zones zones, ZoneWork work, Runnable hurry) {
        this.hurry = hurry;
        this.ring = ring;
        this.disk = disk;
        this.zones = zones;
        this.work = work;
    }

    /**
     * A ring for so many commands; null where there is none.
     *
     * @param hurry finishes what the kernel has done with, whoever calls it
     */
    static RingTransfers open(int depth, ZonedDisk disk, Zones zones, ZoneWork work, Runnable hurry) {
        Ring ring = disk.kernel().openRing(depth + SPARE);
        return ring == null ? null : new RingTransfers(ring, disk, zones, work, hurry);
    }

    /** Commands that the kernel works on. */
    int underWay() {
        return underWay;
    }

    /** Offers a command whose zones no earlier one of the queue is about. */
    Start start(ZnsSlot slot) {
        if (slot.operation() == IoCommand.Operation.READ) {
            return work.readsOneStretch(slot) && begin(slot) ? Start.UNDER_WAY : Start.DECLINED;
        }
        if (!slot.programs()
                || slot.endOfRun(0) != slot.count()
                || bytes(slot) > disk.mostBytes()
                || work.goesByCommand(slot)
                || work.mayBeRefusedOnce(slot)
                || !zones.tryClaim(slot, hurry)) {
            return Start.DECLINED;
        }
        if (!work.accepts(slot)) {
            zones.release(slot);
            return Start.ENDED;
        }
        if (!begin(slot)) {
            throw new IllegalStateException("no room in the ring: underWay=" + underWay);
        }
        return Start.UNDER_WAY;
    }

    private long bytes(ZnsSlot slot) {
        return (long) slot.count() * disk.blockBytes();
    }

    private boolean begin(ZnsSlot slot) {
        int bytes = (int) bytes(slot);
        long offset = work.offset(slot.zone(0), slot.sector(0));
        boolean begun = slot.programs()
                ? ring.write(disk.descriptor(), slot.address(0), bytes, offset, slot.number)
                : ring.read(disk.descriptor(), slot.address(0), bytes, offset, slot.number);
        if (begun) {
            underWay++;
            if (underWay == 1 || ring.prepared() >= BATCH) {
                ring.submit();
            }
        }
        return begun;
    }

    /** Hands over what waits for company. */
    void flush() {
        if (ring.prepared() > 0) {
            ring.submit();
        }
    }

    /** Waits as {@link Ring#await} does. */
    int await(int min, long nanos) {
        return ring.await(min, nanos);
    }

    /** Ends a wait of the owner; for any thread. */
    void wake() {
        ring.wake();
    }

    /**
     * Takes a command that the kernel has done with, and finishes it.
     *
     * @return number of its slot, or -1 when there is none
     */
    int take(ZnsSlot[] slots) {
        while (ring.take()) {
            if (ring.userData() != Ring.WAKE) {
                ZnsSlot slot = slots[(int) ring.userData()];
                underWay--;
                finish(slot, ring.result());
                return slot.number;
            }
        }
        return -1;
    }

    private void finish(ZnsSlot slot, int result) {
        long moved = result == bytes(slot) ? result : complete(slot, result);
        if (slot.programs()) {
            work.finishProgram(slot, 0, slot.count(), moved);
            zones.release(slot);
        } else if (moved != bytes(slot)) {
            work.finishRead(slot, 0, slot.count(), moved);
        }
    }

    /** Moves by calls what was not moved, where that may help; returns what was moved in all, or why nothing was. */
    private long complete(ZnsSlot slot, int result) {
        if (result < 0 && result != -Errno.EINTR && !Errno.isPassing(-result)) {
            return result;
        }
        long done = Math.max(0L, result) / disk.blockBytes() * disk.blockBytes();
        long address = slot.address(0) + done;
        long offset = work.offset(slot.zone(0), slot.sector(0)) + done;
        long rest = bytes(slot) - done;
        long moved = slot.programs() ? disk.write(address, rest, offset) : disk.read(address, rest, offset);
        return moved < 0 && done == 0 ? moved : done + Math.max(0, moved);
    }

    @Override
    public void close() {
        ring.close();
    }
}
