package io.ocssd.geometry.zns;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.natives.Kernel;

/**
 * A command that a queue has taken, and how it ended. Made once, filled again and again; belongs to one thread at a time.
 */
final class ZnsSlot {
    private static final ByteClass[] CLASSES = ByteClass.values();

    private final Geometry geometry;
    private final Kernel kernel;
    private final int[] zones = new int[Limits.MAX_ADDRESSES];
    private final int[] sectors = new int[Limits.MAX_ADDRESSES];
    private final int[] classBytes = new int[CLASSES.length];
    /** Commands of the queue that were submitted later and wait for this one, by the number of their slot. */
    final long[] followers;
    /** Number of earlier commands of the queue that this one waits for. */
    int waitsFor;
    /** Place in its queue. */
    final int number;

    private IoCommand.Operation operation;
    private int count;
    private boolean scalar;
    private int rangeSectors;
    /** Keeps the memory behind {@link #address} from being freed. */
    private IoBuffer data;

    private long address;
    private long tag;
    private int status;
    private long failed;
    private long result;

    ZnsSlot(int number, int depth, Geometry geometry, Kernel kernel) {
        this.number = number;
        this.followers = new long[(depth + Long.SIZE - 1) / Long.SIZE];
        this.geometry = geometry;
        this.kernel = kernel;
    }

    /** Takes over a command that was checked. */
    void take(IoCommand command) {
        operation = command.operation();
        scalar = command.isScalar();
        rangeSectors = command.sectors();
        data = command.data();
        address = data == null ? 0 : data.nativeAddress(kernel::address) + command.dataOffset();
        if (data != null && address % alignment() != 0) {
            throw new IllegalArgumentException("dataOffset=" + command.dataOffset()
                    + ": a real drive moves data to and from memory that is aligned to " + alignment() + " bytes");
        }
        tag = command.tag();
        status = NvmeStatus.SUCCESS;
        failed = 0;
        result = 0;
        for (ByteClass each : CLASSES) {
            classBytes[each.ordinal()] = command.classBytes(each);
        }
        if (scalar && data != null) {
            count = Math.min(rangeSectors, Limits.MAX_ADDRESSES);
            int zone = zoneOf(command.address(0));
            int first = Ppa.sector(command.address(0));
            for (int i = 0; i < count; i++) {
                zones[i] = zone;
                sectors[i] = first + i;
            }
            return;
        }
        count = command.count();
        for (int i = 0; i < count; i++) {
            zones[i] = zoneOf(command.address(i));
            sectors[i] = Ppa.sector(command.address(i));
        }
    }

    private int alignment() {
        return Math.min(geometry.sectorBytes(), 4096);
    }

    private int zoneOf(long ppa) {
        return geometry.contains(Ppa.blockOf(ppa)) ? geometry.blockIndex(ppa) : Zones.NONE;
    }

    IoCommand.Operation operation() {
        return operation;
    }

    /** Whether it changes zones. */
    boolean changes() {
        return operation != IoCommand.Operation.READ;
    }

    boolean programs() {
        return operation == IoCommand.Operation.WRITE || operation == IoCommand.Operation.APPEND;
    }

    int count() {
        return count;
    }

    boolean isScalar() {
        return scalar;
    }

    /** Sectors that it says it moves; more than {@link #count()} when a range is too long. */
    int rangeSectors() {
        return rangeSectors;
    }

    /** Number of the zone of an address, or {@link Zones#NONE}. */
    int zone(int index) {
        return zones[index];
    }

    int sector(int index) {
        return sectors[index];
    }

    /** Native address of the data of address {@code index}. */
    long address(int index) {
        return address + (long) index * geometry.sectorBytes();
    }

    /** First index behind {@code from} whose address is of another zone. */
    int endOfRun(int from) {
        int to = from + 1;
        while (to < count && zones[to] == zones[from]) {
            to++;
        }
        return to;
    }

    /** First index behind {@code from} whose address does not follow its predecessor in the same zone. */
    int endOfAscent(int from) {
        int to = from + 1;
        while (to < count && zones[to] == zones[from] && sectors[to] == sectors[to - 1] + 1) {
            to++;
        }
        return to;
    }

    /** Whether an address before {@code index} is of this zone. */
    boolean namesBefore(int zone, int index) {
        for (int i = 0; i < index; i++) {
            if (zones[i] == zone) {
                return true;
            }
        }
        return false;
    }

    /** Whether both are of the same zone somewhere. */
    boolean meets(ZnsSlot other) {
        for (int i = 0; i < count; i = endOfRun(i)) {
            for (int j = 0; j < other.count; j = other.endOfRun(j)) {
                if (zones[i] == other.zones[j]) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Says that an append goes to its zone from a sector on. */
    void placeAt(int sector) {
        result = geometry.blockPpa(zones[0]) + sector;
        for (int i = 0; i < count; i++) {
            sectors[i] = sector + i;
        }
    }

    /** Sets the status and adds the bits of the addresses {@code from} to {@code to}, exclusive. */
    void fail(int newStatus, int from, int to) {
        status = newStatus;
        failed |= (-1L << from) & (-1L >>> (Long.SIZE - to));
    }

    void failAll(int newStatus) {
        fail(newStatus, 0, count);
    }

    /** As {@link #fail}, when it has not failed in a graver way before: of reads the grave statuses have the lower numbers. */
    void failRead(int newStatus, int from, int to) {
        fail(isGood() ? newStatus : Math.min(status, newStatus), from, to);
    }

    boolean isGood() {
        return status == NvmeStatus.SUCCESS;
    }

    int status() {
        return status;
    }

    long failed() {
        return failed;
    }

    long tag() {
        return tag;
    }

    /** Where an append put its first sector; 0 for what failed, and for other commands. */
    long result() {
        return isGood() && operation == IoCommand.Operation.APPEND ? result : 0;
    }

    int classBytes(int ordinal) {
        return classBytes[ordinal];
    }

    /** The buffer is its sender's again. */
    void forgetBuffer() {
        data = null;
    }
}
