package io.ocssd.device;

import io.ocssd.buffer.IoBuffer;
import java.util.Arrays;

/**
 * One command for an {@link IoQueue}, filled and reused by its sender.
 *
 * <p>Start with {@link #read}, {@link #write} or {@link #erase}, which reset everything, then add what is needed. The queue
 * takes what it needs during {@code submit}; after that the object is free for the next command, while the buffers belong
 * to the device until the completion. Not thread-safe.
 */
public final class IoCommand {
    /** What the command does. */
    public enum Operation {
        /** Reads sectors. */
        READ,
        /** Programs sectors. */
        WRITE,
        /** Erases whole blocks. */
        ERASE
    }

    private final long[] addresses = new long[Limits.MAX_ADDRESSES];
    private final int[] classBytes = new int[ByteClass.values().length];
    private Operation operation = Operation.READ;
    private int count;
    private IoBuffer data;
    private int dataOffset;
    private IoBuffer oob;
    private int oobOffset;
    private long tag;

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

    /** Starts an erase; the sector part of its addresses does not matter. */
    public IoCommand erase() {
        return start(Operation.ERASE, null, 0);
    }

    /**
     * Adds an address.
     *
     * @throws IllegalStateException when there are {@link Limits#MAX_ADDRESSES} already
     */
    public IoCommand add(long ppa) {
        if (count == addresses.length) {
            throw new IllegalStateException("a vector command has at most " + addresses.length + " addresses");
        }
        addresses[count++] = ppa;
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
        return this;
    }

    /** Sets the number that comes back with the completion. */
    public IoCommand tag(long newTag) {
        this.tag = newTag;
        return this;
    }

    /** What the command does. */
    public Operation operation() {
        return operation;
    }

    /** Number of addresses. */
    public int count() {
        return count;
    }

    /** Address {@code index}. */
    public long address(int index) {
        return addresses[index];
    }

    /** The data buffer; null for an erase. */
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

    /** Bytes named by {@link #count(ByteClass, int)} for this class. */
    public int classBytes(ByteClass byteClass) {
        return classBytes[byteClass.ordinal()];
    }

    /** The number that comes back with the completion. */
    public long tag() {
        return tag;
    }

    private IoCommand start(Operation newOperation, IoBuffer newData, int newDataOffset) {
        operation = newOperation;
        data = newData;
        dataOffset = newDataOffset;
        count = 0;
        oob = null;
        oobOffset = 0;
        tag = 0;
        Arrays.fill(classBytes, 0);
        return this;
    }
}
