package io.ocssd.geometry.emulator;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;
import io.ocssd.geometry.page.ChunkDescriptor;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** One command under way: what a queue took from its {@link IoCommand}, and how it ended. Made once, used again and again. */
class CommandSlot extends Padding {
    /** No LUN of the geometry, for addresses outside it. */
    static final int NO_LUN = -1;

    private static final int READ = IoCommand.Operation.READ.ordinal();
    private static final int WRITE = IoCommand.Operation.WRITE.ordinal();
    private static final IoCommand.Operation[] OPERATIONS = IoCommand.Operation.values();
    private static final ByteClass[] CLASSES = ByteClass.values();

    private final int sectorBytes;
    private final int oobBytes;
    private final AddressList addresses;
    private final AddressList destinations;
    private final int[] distinctLuns = new int[2 * Limits.MAX_ADDRESSES];
    private final int[] classBytes = new int[ByteClass.values().length];
    private final CommandScratch scratch;
    private boolean namesClasses;
    private boolean programs;
    /** Ordinal of the operation, which changes often: storing a reference can cost a memory barrier. */
    private byte operationCode;

    private boolean scalar;
    private int sectors;
    private Priority priority;
    private long resultAddress;
    private int distinctLunCount;
    private int firstLun;
    private IoBuffer data;
    private int dataOffset;
    private IoBuffer oob;
    private int oobOffset;
    private long tag;
    private int status;
    private long failedAddresses;
    private long opened;

    /** When the command completed, on the scheduler's clock. */
    long dueNanos;

    /** What a {@link TimedEngine} knows of it; null in other engines. */
    TimedCommand timed;

    /** A slot; all slots of a queue share {@code scratch}. */
    static CommandSlot of(Geometry geometry, CommandScratch scratch) {
        return new Padded(geometry, scratch);
    }

    private CommandSlot(Geometry geometry, CommandScratch scratch) {
        this.sectorBytes = geometry.sectorBytes();
        this.oobBytes = geometry.oobBytes();
        this.addresses = AddressList.of(geometry);
        this.destinations = AddressList.of(geometry);
        this.scratch = scratch;
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
        // Handed down, not read again from where it was just stored: all this is waited for by the lock of the LUN.
        IoCommand.Operation operation = command.operation();
        checkShape(command, operation);
        if (command.data() != null) {
            checkBuffers(command);
        } else if (command.oob() != null && wantsDescriptors(command)) {
            checkRoom("oob", command.oob(), command.oobOffset(), (long) command.count() * IoCommand.DESCRIPTOR_BYTES);
        }
        takeReferences(command, operation);
        scalar = command.isScalar();
        sectors = command.sectors();
        takeClasses(command, operation);
        dataOffset = command.dataOffset();
        oobOffset = command.oobOffset();
        tag = command.tag();
        status = NvmeStatus.SUCCESS;
        failedAddresses = 0;
        opened = 0;
        resultAddress = 0;
        takeAddresses(command, operation);
    }

    /** Stores only what is another than before: storing a reference can cost a memory barrier, looking costs nothing. */
    private void takeReferences(IoCommand command, IoCommand.Operation operation) {
        operationCode = (byte) operation.ordinal();
        if (priority != command.priority()) {
            priority = command.priority();
        }
        if (data != command.data()) {
            data = command.data();
        }
        boolean takesNone = oobBytes == 0 && operation != IoCommand.Operation.ERASE;
        IoBuffer newOob = takesNone ? null : command.oob();
        if (oob != newOob) {
            oob = newOob;
        }
    }

    private static void checkShape(IoCommand command, IoCommand.Operation operation) {
        if (operation == IoCommand.Operation.READ || operation == IoCommand.Operation.WRITE) {
            needsData(command);
            return;
        }
        switch (operation) {
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
            default -> {}
        }
    }

    private static void needsData(IoCommand command) {
        if (command.data() == null) {
            throw new IllegalArgumentException("data=null: a " + command.operation() + " needs a data buffer");
        }
    }

    private void takeAddresses(IoCommand command, IoCommand.Operation operation) {
        int count = command.count();
        long first = command.address(0);
        if (operation == IoCommand.Operation.COPY) {
            takeAddresses(command, first, count);
            destinations.clear();
            for (int i = 0; i < command.destinationCount(); i++) {
                destinations.add(command.destination(i));
            }
            gatherLuns();
        } else if (count == 1) {
            // A scalar command that moves data is kept as the vector of its sectors, as far as a vector goes.
            boolean asVector = scalar && data != null;
            takesOneLun(addresses.set(first, asVector ? Math.min(sectors, Limits.MAX_ADDRESSES) : 1));
        } else {
            takeAddresses(command, first, count);
            if (addresses.isAscent()) {
                takesOneLun(addresses.lun(0));
            } else {
                gatherLuns();
            }
        }
    }

    private void takesOneLun(int lun) {
        firstLun = Math.max(0, lun);
        distinctLunCount = lun == NO_LUN ? 0 : 1;
    }

    private void takeAddresses(IoCommand command, long first, int count) {
        int ascending = 1;
        // Where the sector of an address is at its end its successor is in another block.
        int most = Math.min(count, Ppa.MAX_BLOCKS - Ppa.sector(first));
        while (ascending < most && command.address(ascending) == first + ascending) {
            ascending++;
        }
        addresses.set(first, ascending);
        for (int i = ascending; i < count; i++) {
            addresses.add(command.address(i));
        }
    }

    private void checkBuffers(IoCommand command) {
        checkRoom("data", command.data(), command.dataOffset(), (long) command.sectors() * sectorBytes);
        if (command.oob() != null) {
            checkRoom("oob", command.oob(), command.oobOffset(), (long) command.sectors() * oobBytes);
        }
    }

    private static void checkRoom(String name, IoBuffer buffer, int offset, long bytes) {
        if (offset < 0 || bytes > (long) buffer.capacity() - offset) {
            throw new IllegalArgumentException(name + " buffer is too small: capacity=" + buffer.capacity()
                    + ", offset=" + offset + ", needed=" + bytes);
        }
    }

    /** What is not named is payload. */
    private void takeClasses(IoCommand command, IoCommand.Operation operation) {
        programs = operation == IoCommand.Operation.WRITE
                || operation == IoCommand.Operation.APPEND
                || operation == IoCommand.Operation.COPY;
        namesClasses = command.namesClasses();
        if (namesClasses) {
            checkClasses(command);
        }
    }

    private void checkClasses(IoCommand command) {
        long programmedBytes = programs ? (long) sectors * sectorBytes : 0;
        long named = 0;
        for (ByteClass each : CLASSES) {
            int of = command.classBytes(each);
            if (of < 0) {
                throw new IllegalArgumentException(each.label() + "Bytes=" + of);
            }
            classBytes[each.ordinal()] = of;
            named += of;
        }
        if (named > programmedBytes) {
            throw new IllegalArgumentException("more bytes are named than the command programs: named=" + named
                    + ", programmed=" + programmedBytes);
        }
    }

    /** Whether it writes sectors of one block that follow each other. */
    boolean isUsualWrite() {
        return operationCode == WRITE && addresses.isAscent() && sectors == addresses.count();
    }

    /** Whether the command programs anything. */
    boolean programs() {
        return programs;
    }

    /** All LUNs that the command touches in ascending order, each once. */
    private void gatherLuns() {
        int distinct = gatherLuns(addresses, 0);
        if (operation() == IoCommand.Operation.COPY) {
            distinct = gatherLuns(destinations, distinct);
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
        firstLun = distinct == 0 ? 0 : distinctLuns[0];
    }

    private int gatherLuns(AddressList list, int before) {
        int gathered = before;
        int previous = NO_LUN;
        for (int i = 0; i < list.count(); i = list.endOfAscent(i)) {
            int lun = list.lun(i);
            if (lun != NO_LUN && lun != previous) {
                distinctLuns[gathered++] = lun;
                previous = lun;
            }
        }
        return gathered;
    }

    IoCommand.Operation operation() {
        return OPERATIONS[operationCode];
    }

    /** Whether the command reads, and nothing else. */
    boolean isRead() {
        return operationCode == READ;
    }

    /** What the command reads, erases or changes; the sources of a copy. */
    AddressList addresses() {
        return addresses;
    }

    /** What the command programs: the destinations of a copy. */
    AddressList written() {
        return operation() == IoCommand.Operation.COPY ? destinations : addresses;
    }

    int count() {
        return addresses.count();
    }

    /** Linear number of the block of address {@code index}, or -1 when there is no such block. */
    int block(int index) {
        return addresses.block(index);
    }

    int sector(int index) {
        return addresses.sector(index);
    }

    /** Linear number of the LUN of address {@code index}, or {@link #NO_LUN} when there is no such block. */
    int lun(int index) {
        return addresses.lun(index);
    }

    /** How many LUNs the command touches. */
    int lunCount() {
        return distinctLunCount;
    }

    /** The LUNs that the command touches, in ascending order. */
    int touchedLun(int index) {
        return index == 0 ? firstLun : distinctLuns[index];
    }

    /** The first LUN that the command touches; 0 when it touches none. */
    int firstLun() {
        return firstLun;
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

    /** Where an append put its first sector; 0 when it failed. */
    long resultAddress() {
        return isGood() ? resultAddress : 0;
    }

    /** Says that an append goes to its block from a sector on. */
    void placeAt(int sector) {
        resultAddress = Ppa.withSector(addresses.blockPpa(0), sector);
        addresses.set(resultAddress, sectors);
    }

    /** Whether two addresses are of the same block, existing or not. */
    boolean isSameBlock(int index, int other) {
        return addresses.isSameBlock(index, other);
    }

    /** First index behind {@code from} whose address is of another block. */
    int endOfRun(int from) {
        return addresses.endOfRun(from);
    }

    /** First index behind {@code from} whose address does not follow its predecessor in the same block. */
    int endOfAscent(int from) {
        return addresses.endOfAscent(from);
    }

    /** The data of {@code length} addresses from {@code from} on. */
    ByteBuffer data(int from, int length) {
        if (operation() == IoCommand.Operation.COPY) {
            return scratch.copiedData(from, length);
        }
        return data.part(dataOffset + from * sectorBytes, length * sectorBytes);
    }

    /** Whether the command moves OOB bytes. */
    boolean hasOob() {
        return oob != null || (operation() == IoCommand.Operation.COPY && oobBytes > 0);
    }

    /** The OOB bytes of {@code length} addresses from {@code from} on; only when there are any. */
    ByteBuffer oob(int from, int length) {
        if (operation() == IoCommand.Operation.COPY) {
            return scratch.copiedOob(from, length);
        }
        return oob.part(oobOffset + from * oobBytes, length * oobBytes);
    }

    private static boolean wantsDescriptors(IoCommand command) {
        return command.operation() == IoCommand.Operation.ERASE && !command.isScalar();
    }

    /** Whether the command is an erase that tells what became of each block. */
    boolean wantsDescriptors() {
        return oob != null && operation() == IoCommand.Operation.ERASE && !scalar;
    }

    /** Room for what became of the block of one address; only when it is wanted. */
    ByteBuffer descriptor(int index) {
        return oob.part(oobOffset + index * ChunkDescriptor.BYTES, ChunkDescriptor.BYTES)
                .slice();
    }

    CommandScratch scratch() {
        return scratch;
    }

    /** Room for one record of the state table. */
    ByteBuffer record() {
        return scratch.record();
    }

    /** Bytes of the program that its sender has named, by class; only when {@link #namesClasses}. */
    int classBytes(int ordinal) {
        return classBytes[ordinal];
    }

    /** Whether its sender said why the bytes are programmed; what is not named is payload. */
    boolean namesClasses() {
        return namesClasses;
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

    /** Whether nothing of it has failed so far. */
    boolean isGood() {
        return status == NvmeStatus.SUCCESS;
    }

    /** Sets the status and adds the bits of the addresses {@code from} to {@code to}, exclusive. */
    void fail(int newStatus, int from, int to) {
        status = newStatus;
        failedAddresses |= bits(from, to);
    }

    /** Sets the status and the bits of all addresses. */
    void failAll(int newStatus) {
        fail(newStatus, 0, count());
    }

    /**
     * As {@link #fail}, when the command has not failed in a graver way before. Of the statuses of reads the grave ones have
     * the lower numbers.
     */
    void failRead(int newStatus, int from, int to) {
        fail(isGood() ? newStatus : Math.min(status, newStatus), from, to);
    }

    /** Says that all data is good, and which of it had a high ECC count. */
    void goodWithHighEcc(long bits) {
        status = NvmeStatus.HIGH_ECC;
        failedAddresses = bits;
    }

    /** Drops what {@link #goodWithHighEcc} said. */
    void forgetHighEcc() {
        if (status == NvmeStatus.HIGH_ECC) {
            status = NvmeStatus.SUCCESS;
            failedAddresses = 0;
        }
    }

    private static long bits(int from, int to) {
        return (-1L << from) & (-1L >>> (Long.SIZE - to));
    }

    /** Runs, by their first index, that took a place among the open blocks. */
    long opened() {
        return opened;
    }

    void opened(long runs) {
        opened = runs;
    }

    /** Drops the references to the sender's buffers. */
    void forgetBuffers() {
        data = null;
        oob = null;
    }

    /** One with room behind its fields, too; see {@link Padding}. */
    @SuppressWarnings("UnusedVariable")
    private static final class Padded extends CommandSlot {
        long p0, p1, p2, p3, p4, p5, p6, p7, p8, p9, p10, p11, p12, p13, p14, p15;

        Padded(Geometry geometry, CommandScratch scratch) {
            super(geometry, scratch);
        }
    }
}
