package io.ocssd.device;

import io.ocssd.buffer.IoBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * One command for an {@link IoQueue}, filled and reused by its sender.
 *
 * <p>Start with {@link #read}, {@link #write}, {@link #erase} or their like, which reset everything, then add what is needed:
 * addresses one by one ({@link #add}, {@link #addRun}) for a vector command, or one {@link #range} for a scalar command. The
 * queue takes what it needs during {@code submit}; after that the object is free for the next command, while the buffers
 * belong to the device until the completion. Not thread-safe.
 */
public final class IoCommand extends CommandFields {
    /** What the command does. */
    public enum Operation {
        /** Reads sectors. */
        READ,
        /** Programs sectors. */
        WRITE,
        /** Erases whole blocks; the sector of an address does not matter, but on a zoned drive, where it is 0. */
        ERASE,
        /** Copies sectors inside the device, where {@link Capabilities#copy()} says so. */
        COPY,
        /** Programs sectors at the write pointer of a zone and tells where they went. */
        APPEND,
        /** Makes zones full, whatever their write pointer is. */
        FINISH,
        /** Opens zones explicitly. */
        OPEN,
        /** Closes open zones; they stay active. */
        CLOSE
    }

    /** Bytes of a chunk descriptor (Open-Channel SSD 2.0, chunk information log page). */
    public static final int DESCRIPTOR_BYTES = 32;

    private static final Operation[] OPERATIONS = Operation.values();

    @SuppressWarnings("UnusedVariable") // see Padding
    private long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

    /** A command without addresses. */
    public IoCommand() {}

    /**
     * Starts a read.
     *
     * @param data receives the sectors, in the order of the addresses
     * @param dataOffset where in {@code data} the first sector goes, in bytes
     */
    public IoCommand read(IoBuffer data, int dataOffset) {
        return start(Operation.READ, data, dataOffset);
    }

    /**
     * Starts a program.
     *
     * @param data the sectors, in the order of the addresses
     * @param dataOffset where in {@code data} the first sector begins, in bytes
     */
    public IoCommand write(IoBuffer data, int dataOffset) {
        return start(Operation.WRITE, data, dataOffset);
    }

    /** Starts an erase; the sector part of its addresses does not matter unless it is scalar, or the drive is zoned. */
    public IoCommand erase() {
        return start(Operation.ERASE, null, 0);
    }

    /** Starts a copy: sources are added with {@link #add}, as many destinations with {@link #addDestination}. */
    public IoCommand copy() {
        return start(Operation.COPY, null, 0);
    }

    /**
     * Starts an append to a zone: {@link #range} says to which one, and how many sectors.
     *
     * @param data the sectors in order
     * @param dataOffset where in {@code data} the first sector begins, in bytes
     */
    public IoCommand append(IoBuffer data, int dataOffset) {
        return start(Operation.APPEND, data, dataOffset);
    }

    /** Starts a finish of zones, each named by its first sector. */
    public IoCommand finish() {
        return start(Operation.FINISH, null, 0);
    }

    /** Starts an explicit open of zones, each named by its first sector. */
    public IoCommand open() {
        return start(Operation.OPEN, null, 0);
    }

    /** Starts a close of zones, each named by its first sector. */
    public IoCommand close() {
        return start(Operation.CLOSE, null, 0);
    }

    /**
     * Adds an address.
     *
     * @throws IllegalStateException when there are {@link Limits#MAX_ADDRESSES} already
     */
    public IoCommand add(long ppa) {
        if (count == Limits.MAX_ADDRESSES) {
            throw new IllegalStateException("a vector command has at most " + Limits.MAX_ADDRESSES + " addresses");
        }
        if (rangeSectors > 0) {
            throw new IllegalStateException("a scalar command has one range and no further address");
        }
        addresses[ROOM + count++] = ppa;
        return this;
    }

    /**
     * Adds a destination of a copy.
     *
     * @throws IllegalStateException when there are {@link Limits#MAX_ADDRESSES} already
     */
    public IoCommand addDestination(long ppa) {
        if (destinationCount == Limits.MAX_ADDRESSES) {
            throw new IllegalStateException("a vector command has at most " + Limits.MAX_ADDRESSES + " destinations");
        }
        destinations[ROOM + destinationCount++] = ppa;
        return this;
    }

    /**
     * Makes this a scalar command over consecutive sectors of one block: NVMe read and write, dataset management for an erase
     * (which must name a whole block), zone append. What is beyond {@link Limits#MAX_ADDRESSES} sectors, erases aside, the
     * device refuses.
     *
     * @param firstPpa the first sector; for an append, the first sector of the zone
     * @param sectors number of sectors, at least 1
     * @throws IllegalStateException when the command has addresses already
     */
    public IoCommand range(long firstPpa, int sectors) {
        if (count > 0) {
            throw new IllegalStateException(
                    "count=" + count + ": a scalar command has one range and no further address");
        }
        if (sectors < 1) {
            throw new IllegalArgumentException("sectors=" + sectors);
        }
        addresses[ROOM + count++] = firstPpa;
        rangeSectors = sectors;
        return this;
    }

    /**
     * Adds {@code sectors} ascending addresses of one block.
     *
     * @throws IllegalStateException when that makes more than {@link Limits#MAX_ADDRESSES}
     */
    public IoCommand addRun(long firstPpa, int sectors) {
        int first = Ppa.sector(firstPpa);
        for (int i = 0; i < sectors; i++) {
            add(Ppa.withSector(firstPpa, first + i));
        }
        return this;
    }

    /**
     * Adds the buffer of the out-of-band bytes, oobBytes for each address in order. Without it a program leaves them zero
     * and a read drops them.
     *
     * <p>Of a vector erase it takes what became of each block: {@link #DESCRIPTOR_BYTES} for each address in order, a chunk
     * descriptor as in the chunk information log page (Open-Channel SSD 2.0, vector chunk reset). Zoned drives, and scalar
     * erases, leave it alone.
     */
    public IoCommand oob(IoBuffer buffer, int offset) {
        this.oob = buffer;
        this.oobOffset = offset;
        return this;
    }

    /**
     * Says why bytes of a program are written. What is not named counts as {@link ByteClass#PAYLOAD}.
     *
     * @param bytes added to what was named before for this class
     */
    public IoCommand count(ByteClass byteClass, int bytes) {
        classBytes[byteClass.ordinal()] += bytes;
        namesClasses = true;
        return this;
    }

    /** Says how urgent it is; {@link Priority#NORMAL} otherwise. */
    public IoCommand priority(Priority newPriority) {
        this.priority = newPriority;
        return this;
    }

    /** Sets the number that comes back with the completion. */
    public IoCommand tag(long newTag) {
        this.tag = newTag;
        return this;
    }

    /** What the command does. */
    public Operation operation() {
        return OPERATIONS[operation];
    }

    /** Number of addresses; 1 for a scalar command. */
    public int count() {
        return count;
    }

    /** Whether this is a scalar command: one address and a number of sectors. */
    public boolean isScalar() {
        return rangeSectors > 0;
    }

    /** Number of sectors that a read, program, copy or append moves. */
    public int sectors() {
        return rangeSectors > 0 ? rangeSectors : count;
    }

    /** Number of destinations of a copy. */
    public int destinationCount() {
        return destinationCount;
    }

    /** Destination {@code index} of a copy. */
    public long destination(int index) {
        return destinations[ROOM + Objects.checkIndex(index, Limits.MAX_ADDRESSES)];
    }

    /** How urgent it is. */
    public Priority priority() {
        return priority;
    }

    /** Address {@code index}, below {@link Limits#MAX_ADDRESSES}. */
    public long address(int index) {
        return addresses[ROOM + Objects.checkIndex(index, Limits.MAX_ADDRESSES)];
    }

    /** The data buffer; null for commands that move no data between host and device. */
    public IoBuffer data() {
        return data;
    }

    /** Where in {@link #data()} the first sector is, in bytes. */
    public int dataOffset() {
        return dataOffset;
    }

    /** The out-of-band buffer, or null. */
    public IoBuffer oob() {
        return oob;
    }

    /** Where in {@link #oob()} the bytes of the first sector are. */
    public int oobOffset() {
        return oobOffset;
    }

    /** Whether {@link #count(ByteClass, int)} was called for this command. */
    public boolean namesClasses() {
        return namesClasses;
    }

    /** Bytes named by {@link #count(ByteClass, int)} for this class. */
    public int classBytes(ByteClass byteClass) {
        return classBytes[byteClass.ordinal()];
    }

    /** The number that comes back with the completion. */
    public long tag() {
        return tag;
    }

    private IoCommand start(Operation newOperation, IoBuffer newData, int newDataOffset) {
        // Mostly they stay the same, and storing a reference anew can cost a memory barrier where looking costs
        // nothing.
        operation = (byte) newOperation.ordinal();
        if (data != newData) {
            data = newData;
        }
        if (priority != Priority.NORMAL) {
            priority = Priority.NORMAL;
        }
        if (oob != null) {
            oob = null;
        }
        dataOffset = newDataOffset;
        count = 0;
        destinationCount = 0;
        rangeSectors = 0;
        oobOffset = 0;
        tag = 0;
        if (namesClasses) {
            Arrays.fill(classBytes, 0);
            namesClasses = false;
        }
        return this;
    }
}
