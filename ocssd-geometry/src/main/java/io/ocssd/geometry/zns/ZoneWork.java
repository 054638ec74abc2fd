package io.ocssd.geometry.zns;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.natives.Errno;
import java.util.ArrayList;
import java.util.List;

/**
 * What commands do to a drive, by calls that return when it is done. Thread-safe: who changes a zone has claimed it.
 *
 * <p>A program that the drive fails is 0x280 and the zone takes no more writes as long as the device is open, whatever the
 * drive thinks of it: data is readable as far as the drive's own write pointer says. A reset that it fails is 0x1BB. What the
 * kernel tells apart, too many open or active zones among it, keeps its status.
 */
final class ZoneWork {
    private final ZonedDisk disk;
    private final Zones zones;
    private final Leftovers leftovers;
    private final ErrorRecovery recovery;
    private final Presence presence;
    private final int sectorBytes;
    /** Null where an append is a write. */
    private final ZoneAppender appender;

    private final boolean readOnly;

    ZoneWork(
            ZonedDisk disk,
            Zones zones,
            Leftovers leftovers,
            ErrorRecovery recovery,
            Presence presence,
            ZoneAppender appender,
            boolean readOnly) {
        this.appender = appender;
        this.readOnly = readOnly;
        this.disk = disk;
        this.zones = zones;
        this.leftovers = leftovers;
        this.recovery = recovery;
        this.presence = presence;
        this.sectorBytes = disk.blockBytes();
    }

    /** Executes a command; its slot says afterwards how it ended. */
    void execute(ZnsSlot slot) {
        switch (slot.operation()) {
            case READ -> read(slot);
            case WRITE, APPEND -> program(slot);
            case ERASE, FINISH, OPEN, CLOSE -> manage(slot);
            case COPY -> slot.failAll(NvmeStatus.INVALID_OPCODE);
        }
    }

    // ---- reads

    /** Whether a read is refused as a whole; the slot says so then. */
    boolean refusesRead(ZnsSlot slot) {
        if (slot.rangeSectors() > Limits.MAX_ADDRESSES) {
            slot.failAll(NvmeStatus.INVALID_FIELD);
        } else if (slot.isScalar() && slot.zone(0) != Zones.NONE) {
            int end = zones.sectors(slot.zone(0));
            if (slot.sector(0) < end && slot.sector(0) + slot.count() > end) {
                slot.failAll(NvmeStatus.ZONE_BOUNDARY);
            }
        }
        return !slot.isGood();
    }

    private void read(ZnsSlot slot) {
        if (refusesRead(slot)) {
            return;
        }
        for (int from = 0, to; from < slot.count(); from = to) {
            to = slot.endOfAscent(from);
            int readable = readable(slot, from, to);
            if (readable > 0) {
                readRun(slot, from, readable);
            }
            if (from + readable < to) {
                unreadable(slot, from + readable, to);
            }
        }
    }

    /** How many sectors of an ascent can be read. */
    int readable(ZnsSlot slot, int from, int to) {
        int zone = slot.zone(from);
        int end = zone == Zones.NONE ? 0 : zones.readableEnd(zone);
        return Math.max(0, Math.min(to - from, end - slot.sector(from)));
    }

    /** Whether a read is of one stretch that can be read from its first sector to its last. */
    boolean readsOneStretch(ZnsSlot slot) {
        return slot.rangeSectors() <= Limits.MAX_ADDRESSES
                && slot.endOfAscent(0) == slot.count()
                && readable(slot, 0, slot.count()) == slot.count();
    }

    private void unreadable(ZnsSlot slot, int from, int to) {
        int zone = slot.zone(from);
        if (zone == Zones.NONE) {
            slot.failRead(NvmeStatus.LBA_OUT_OF_RANGE, from, to);
        } else if (zones.state(zone) == ZoneState.OFFLINE) {
            slot.failRead(NvmeStatus.ZONE_OFFLINE, from, to);
        } else if (recovery.failsUnreadable()) {
            slot.failRead(NvmeStatus.DEALLOCATED, from, to);
        } else {
            disk.kernel().zero(slot.address(from), (long) (to - from) * sectorBytes);
        }
    }

    /** Where on the drive a sector is. */
    long offset(int zone, int sector) {
        return zones.startByte(zone) + (long) sector * sectorBytes;
    }

    private void readRun(ZnsSlot slot, int from, int length) {
        long bytes = (long) length * sectorBytes;
        long read = disk.read(slot.address(from), bytes, offset(slot.zone(from), slot.sector(from)));
        if (read != bytes) {
            finishRead(slot, from, length, read);
        }
    }

    /** A read of a run moved less than it should have: finds out which sectors can't be read. */
    void finishRead(ZnsSlot slot, int from, int length, long read) {
        notGone(read);
        if (length == 1) {
            slot.failRead(NvmeStatus.UNRECOVERED_READ, from, from + 1);
            return;
        }
        int good = (int) (Math.max(0, read) / sectorBytes);
        for (int i = from + good; i < from + length && !presence.isGone(); i++) {
            long alone = disk.read(slot.address(i), sectorBytes, offset(slot.zone(i), slot.sector(i)));
            if (alone != sectorBytes) {
                notGone(alone);
                slot.failRead(NvmeStatus.UNRECOVERED_READ, i, i + 1);
            }
        }
    }

    private void notGone(long answer) {
        if (answer < 0 && Errno.isGone((int) -answer)) {
            presence.fail("the drive is not there any more (" + Errno.name((int) -answer) + ")");
        }
    }

    // ---- programs

    private void program(ZnsSlot slot) {
        zones.claim(slot);
        try {
            if (accepts(slot)) {
                for (int from = 0, to; from < slot.count(); from = to) {
                    to = slot.endOfRun(from);
                    if (!goesByCommand(slot) || !append(slot, from, to)) {
                        finishProgram(slot, from, to, write(slot, from, to));
                    }
                }
            }
        } finally {
            zones.release(slot);
        }
    }

    /** Whether a command is an append that is tried as such. */
    boolean goesByCommand(ZnsSlot slot) {
        return appender != null && slot.operation() == IoCommand.Operation.APPEND && appender.takes(slot.count());
    }

    /** Appends by command; returns false when it was declined. */
    private boolean append(ZnsSlot slot, int from, int to) {
        int zone = slot.zone(from);
        int answer = appender.append(zone, zones.startByte(zone), slot.sector(from), slot.address(from), to - from);
        if (answer == ZoneAppender.DECLINED) {
            return false;
        }
        if (answer == 0) {
            zones.programmed(zone, to - from);
        } else if (answer < 0) {
            finishProgram(slot, from, to, answer);
        } else {
            failProgram(slot, from, to, 0, answer);
        }
        return true;
    }

    private long write(ZnsSlot slot, int from, int to) {
        int zone = slot.zone(from);
        long bytes = (long) (to - from) * sectorBytes;
        long offset = offset(zone, slot.sector(from));
        long written = disk.write(slot.address(from), bytes, offset);
        if (written == -Errno.EIO && appender != null && appender.wasPassedBy(zone)) {
            // Asking for the zone makes the block layer look where its write pointer is.
            KernelZone found = ask(zone);
            if (found != null && found.startByte() + found.writtenBytes() == offset) {
                return disk.write(slot.address(from), bytes, offset);
            }
        }
        return written;
    }

    /** Whether a write must be made by a call, since it may have to be made twice. */
    boolean mayBeRefusedOnce(ZnsSlot slot) {
        return appender != null && slot.zone(0) != Zones.NONE && appender.isPassedBy(slot.zone(0));
    }

    /** Checks a program of claimed zones and gets the drive ready for it; the slot says when it is refused. */
    boolean accepts(ZnsSlot slot) {
        if (slot.rangeSectors() > Limits.MAX_ADDRESSES) {
            slot.failAll(NvmeStatus.INVALID_FIELD);
            return false;
        }
        if (readOnly) {
            slot.failAll(NvmeStatus.WRITE_PROTECTED);
            return false;
        }
        leftovers.clear();
        return zones.accept(slot);
    }

    /**
     * A run of an accepted program has ended.
     *
     * @param written bytes that were written, or why none were
     */
    void finishProgram(ZnsSlot slot, int from, int to, long written) {
        if (written == (long) (to - from) * sectorBytes) {
            zones.programmed(slot.zone(from), to - from);
            return;
        }
        notGone(written);
        int errno = written < 0 ? (int) -written : Errno.EIO;
        failProgram(slot, from, to, written, statusOf(errno, NvmeStatus.WRITE_FAULT));
    }

    private void failProgram(ZnsSlot slot, int from, int to, long written, int reason) {
        int zone = slot.zone(from);
        int status = reason;
        int before = zones.readableEnd(zone);
        KernelZone found = ask(zone);
        if (found == null) {
            int known = (int) (Math.max(0, written) / sectorBytes);
            zones.giveUp(zone, known);
            slot.fail(status, from + known, to);
            return;
        }
        ZoneState state = found.state();
        if (status == NvmeStatus.WRITE_FAULT && state != ZoneState.OFFLINE) {
            state = ZoneState.READ_ONLY;
        }
        if (state == ZoneState.OFFLINE) {
            status = NvmeStatus.ZONE_OFFLINE;
        }
        zones.correct(zone, state, found);
        int good = Math.max(0, Math.min(to - from - 1, zones.readableEnd(zone) - before));
        slot.fail(status, from + good, to);
    }

    /** What the block layer made its error number of, where it is unmistakable. */
    private static int statusOf(int errno, int otherwise) {
        return switch (errno) {
            case Errno.EOVERFLOW -> NvmeStatus.TOO_MANY_ACTIVE;
            case Errno.ETOOMANYREFS -> NvmeStatus.TOO_MANY_OPEN;
            default -> otherwise;
        };
    }

    /** A zone as the drive has it now; null when it does not tell. */
    private KernelZone ask(int zone) {
        List<KernelZone> found = new ArrayList<>(1);
        int answer = disk.report(zones.startByte(zone), 1, found);
        notGone(answer);
        return found.isEmpty() || found.get(0).startByte() != zones.startByte(zone) ? null : found.get(0);
    }

    // ---- whole zones

    private void manage(ZnsSlot slot) {
        zones.claim(slot);
        try {
            for (int i = 0; i < slot.count(); i++) {
                int status = manage(slot, i);
                if (status != NvmeStatus.SUCCESS) {
                    slot.fail(status, i, i + 1);
                }
            }
        } finally {
            zones.release(slot);
        }
    }

    private int manage(ZnsSlot slot, int index) {
        IoCommand.Operation operation = slot.operation();
        int zone = slot.zone(index);
        if (zone != Zones.NONE
                && operation == IoCommand.Operation.ERASE
                && slot.isScalar()
                && slot.sector(index) == 0
                && slot.rangeSectors() != zones.sectors(zone)) {
            return NvmeStatus.LBA_OUT_OF_RANGE;
        }
        int status = readOnly ? NvmeStatus.WRITE_PROTECTED : zones.manage(operation, zone, slot.sector(index));
        if (status != NvmeStatus.SUCCESS) {
            return status;
        }
        leftovers.clear();
        int answer = disk.manage(request(operation), zones.startByte(zone), zones.lengthBytes(zone));
        if (answer == 0) {
            zones.managed(operation, zone);
            return NvmeStatus.SUCCESS;
        }
        notGone(answer);
        return failed(operation, zone, -answer);
    }

    private int failed(IoCommand.Operation operation, int zone, int errno) {
        boolean erase = operation == IoCommand.Operation.ERASE;
        KernelZone found = ask(zone);
        if (found != null) {
            ZoneState state = found.state();
            zones.correct(zone, erase ? ZoneState.OFFLINE : state, found);
        }
        return erase ? NvmeStatus.ZONE_OFFLINE : statusOf(errno, NvmeStatus.INVALID_ZONE_TRANSITION);
    }

    private static long request(IoCommand.Operation operation) {
        return switch (operation) {
            case ERASE -> ZoneLayout.BLKRESETZONE;
            case FINISH -> ZoneLayout.BLKFINISHZONE;
            case OPEN -> ZoneLayout.BLKOPENZONE;
            case CLOSE -> ZoneLayout.BLKCLOSEZONE;
            default -> throw new IllegalArgumentException("operation=" + operation);
        };
    }
}
