package io.ocssd.geometry.emulator;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** One command under way: what a queue took from its {@link IoCommand}, and how it ended. Made once, used again and again. */
final class CommandSlot {
    /** No LUN of the geometry, for addresses outside it. */
    static final int NO_LUN = -1;

    private final Geometry geometry;
    private final long[] addresses = new long[Limits.MAX_ADDRESSES];
    private final int[] luns = new int[Limits.MAX_ADDRESSES];
    private final long[] destinations = new long[Limits.MAX_ADDRESSES];
    private final int[] distinctLuns = new int[2 * Limits.MAX_ADDRESSES];
    private final int[] classBytes = new int[ByteClass.values().length];
    private final ByteBuffer record;
    private final ByteBuffer zeros;
    private IoCommand.Operation operation;
    private int count;
    private boolean scalar;
    private int sectors;
    private Priority priority;
    private long resultAddress;
    private int distinctLunCount;
    private IoBuffer data;
    private int dataOffset;
    private IoBuffer oob;
    private int oobOffset;
    private long tag;
    private int status;
    private long failedAddresses;

    /** When the command completes, on the scheduler's clock. */
    long dueNanos;

    /** Number of the command among all of the device. */
    long sequence;

    /** A slot; {@code record} and {@code zeros} are scratch that all slots of a queue share. */
    CommandSlot(Geometry geometry, ByteBuffer record, ByteBuffer zeros) {
        this.geometry = geometry;
        this.record = record;
        this.zeros = zeros;
    }

    static ByteBuffer newRecord() {
        return ByteBuffer.allocateDirect(BlockRecordLayout.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    static ByteBuffer newZeros(Geometry geometry) {
        return ByteBuffer.allocateDirect(Limits.MAX_ADDRESSES * geometry.oobBytes());
    }

    /**
     * Takes over a command.
     *
     * @throws IllegalArgumentException when it has no address, its buffers are missing or too small, or it names more
     *     bytes than it has
     */
    void take(IoCommand command) {
        if (command.count() < 1) {
            throw new IllegalArgumentException("count=" + command.count() + ": a command needs an address");
        }
        checkShape(command);
        if (command.data() != null) {
            checkBuffers(command);
        }
        checkClasses(command);
        operation = command.operation();
        scalar = command.isScalar();
        sectors = command.sectors();
        priority = command.priority();
        data = command.data();
        dataOffset = command.dataOffset();
        oob = geometry.oobBytes() == 0 ? null : command.oob();
        oobOffset = command.oobOffset();
        tag = command.tag();
        status = NvmeStatus.SUCCESS;
        failedAddresses = 0;
        resultAddress = 0;
        takeAddresses(command);
        gatherLuns();
    }

    private static void checkShape(IoCommand command) {
        switch (command.operation()) {
            case READ, WRITE -> needsData(command);
            case APPEND -> {
                needsData(command);
                if (!command.isScalar()) {
                    throw new IllegalArgumentException("an append needs a range, not a list of addresses");
                }
            }
            case COPY -> {
                if (command.destinationCount() != command.count() || command.isScalar()) {
                    throw new IllegalArgumentException("a copy needs as many destinations as sources: sources="
                            + command.count() + ", destinations=" + command.destinationCount());
                }
            }
            case ERASE, FINISH, OPEN, CLOSE -> {}
        }
    }

    private static void needsData(IoCommand command) {
        if (command.data() == null) {
            throw new IllegalArgumentException("data=null: a " + command.operation() + " needs a data buffer");
        }
    }

    /** A scalar command that moves data is kept as the vector of its sectors, as far as a vector goes. */
    private void takeAddresses(IoCommand command) {
        boolean spread = scalar && command.data() != null;
        count = spread ? Math.min(sectors, Limits.MAX_ADDRESSES) : command.count();
        for (int i = 0; i < count; i++) {
            addresses[i] = spread ? command.address(0) + i : command.address(i);
        }
        if (operation == IoCommand.Operation.COPY) {
            for (int i = 0; i < count; i++) {
                destinations[i] = command.destination(i);
            }
        }
    }

    private void checkBuffers(IoCommand command) {
        checkRoom("data", command.data(), command.dataOffset(), (long) command.sectors() * geometry.sectorBytes());
        if (command.oob() != null) {
            checkRoom("oob", command.oob(), command.oobOffset(), (long) command.sectors() * geometry.oobBytes());
        }
    }

    private static void checkRoom(String name, IoBuffer buffer, int offset, long bytes) {
        if (offset < 0 || bytes > (long) buffer.capacity() - offset) {
            throw new IllegalArgumentException(name + " buffer is too small: capacity=" + buffer.capacity()
                    + ", offset=" + offset + ", needed=" + bytes);
        }
    }

    private void checkClasses(IoCommand command) {
        long bytes = switch (command.operation()) {
            case WRITE, APPEND, COPY -> (long) command.sectors() * geometry.sectorBytes();
            case READ, ERASE, FINISH, OPEN, CLOSE -> 0;
        };
        long named = 0;
        for (ByteClass each : CLASSES) {
            int of = command.classBytes(each);
            if (of < 0) {
                throw new IllegalArgumentException(each.label() + "Bytes=" + of);
            }
            classBytes[each.ordinal()] = of;
            named += of;
        }
        if (named > bytes) {
            throw new IllegalArgumentException(
                    "more bytes are named than the command programs: named=" + named + ", programmed=" + bytes);
        }
        classBytes[ByteClass.PAYLOAD.ordinal()] += (int) (bytes - named);
    }

    private static final ByteClass[] CLASSES = ByteClass.values();

    /** The LUN of every address, and all of them in ascending order, each once. */
    private void gatherLuns() {
        int distinct = 0;
        int previous = NO_LUN;
        for (int i = 0; i < count; i++) {
            int lun = exists(addresses[i]) ? geometry.lunIndex(addresses[i]) : NO_LUN;
            luns[i] = lun;
            if (lun != NO_LUN && lun != previous) {
                distinctLuns[distinct++] = lun;
                previous = lun;
            }
        }
        if (operation == IoCommand.Operation.COPY) {
            for (int i = 0; i < count; i++) {
                if (exists(destinations[i])) {
                    distinctLuns[distinct++] = geometry.lunIndex(destinations[i]);
                }
            }
        }
        if (distinct > 1) {
            Arrays.sort(distinctLuns, 0, distinct);
            int kept = 1;
            for (int i = 1; i < distinct; i++) {
                if (distinctLuns[i] != distinctLuns[kept - 1]) {
                    distinctLuns[kept++] = distinctLuns[i];
                }
            }
            distinct = kept;
        }
        distinctLunCount = distinct;
    }

    /** Whether the block of an address exists; the sector part does not matter. */
    private boolean exists(long address) {
        return geometry.contains(Ppa.blockOf(address));
    }

    IoCommand.Operation operation() {
        return operation;
    }

    int count() {
        return count;
    }

    /** Linear number of the block of address {@code index}, or -1 when there is no such block. */
    int block(int index) {
        return luns[index] == NO_LUN ? -1 : geometry.blockIndex(addresses[index]);
    }

    /** Address {@code index}, existing or not. */
    long address(int index) {
        return addresses[index];
    }

    int sector(int index) {
        return Ppa.sector(addresses[index]);
    }

    /** Linear number of the LUN of address {@code index}, or {@link #NO_LUN} when there is no such block. */
    int lun(int index) {
        return luns[index];
    }

    /** How many LUNs the command touches. */
    int lunCount() {
        return distinctLunCount;
    }

    /** The LUNs that the command touches, in ascending order. */
    int touchedLun(int index) {
        return distinctLuns[index];
    }

    /** Whether it came as one range and not as a list of addresses. */
    boolean isScalar() {
        return scalar;
    }

    /** Sectors that it says it moves; more than {@link #count()} when a range is too long. */
    int sectors() {
        return sectors;
    }

    Priority priority() {
        return priority;
    }

    /** Destination {@code index} of a copy. */
    long destination(int index) {
        return destinations[index];
    }

    /** Where an append put its first sector. */
    long resultAddress() {
        return resultAddress;
    }

    /** Says where an append puts its first sector. */
    void appendAt(long firstPpa) {
        resultAddress = firstPpa;
        for (int i = 0; i < count; i++) {
            addresses[i] = firstPpa + i;
        }
    }

    /** Whether two addresses are of the same block, existing or not. */
    boolean isSameBlock(int index, int other) {
        return Ppa.blockOf(addresses[index]) == Ppa.blockOf(addresses[other]);
    }

    /** First index behind {@code from} whose address is of another block. */
    int endOfRun(int from) {
        int to = from + 1;
        while (to < count && isSameBlock(from, to)) {
            to++;
        }
        return to;
    }

    /** First index behind {@code from} whose address does not follow its predecessor in the same block. */
    int endOfAscent(int from) {
        int to = from + 1;
        while (to < count && addresses[to] == addresses[to - 1] + 1 && isSameBlock(from, to)) {
            to++;
        }
        return to;
    }

    /** The data of {@code length} addresses from {@code from} on. */
    ByteBuffer data(int from, int length) {
        return data.part(dataOffset + from * geometry.sectorBytes(), length * geometry.sectorBytes());
    }

    boolean hasOob() {
        return oob != null;
    }

    /** The OOB bytes of {@code length} addresses from {@code from} on; only when there are any. */
    ByteBuffer oob(int from, int length) {
        return oob.part(oobOffset + from * geometry.oobBytes(), length * geometry.oobBytes());
    }

    /** Zeros for the OOB area of {@code length} sectors. */
    ByteBuffer zeroOob(int length) {
        return zeros.clear().limit(length * geometry.oobBytes());
    }

    /** Room for one record of the state table. */
    ByteBuffer record() {
        return record;
    }

    /** Bytes of the program by class, together what it programs. */
    int classBytes(int ordinal) {
        return classBytes[ordinal];
    }

    long tag() {
        return tag;
    }

    int status() {
        return status;
    }

    long failedAddresses() {
        return failedAddresses;
    }

    /** Sets the status and adds the bits of the addresses {@code from} to {@code to}, exclusive. */
    void fail(int newStatus, int from, int to) {
        status = newStatus;
        failedAddresses |= (-1L << from) & (-1L >>> (Long.SIZE - to));
    }

    /** Drops the references to the sender's buffers. */
    void forgetBuffers() {
        data = null;
        oob = null;
    }
}
