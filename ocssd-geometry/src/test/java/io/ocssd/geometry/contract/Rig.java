package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** An open device with one queue and buffers, on which tests run one command at a time. Belongs to one task. */
public final class Rig implements AutoCloseable {
    /** What a command was answered: its status, and the bitmap of the addresses that failed. */
    public record Outcome(int status, long failed) {
        /** Nothing failed. */
        public static final Outcome SUCCESS = new Outcome(0, 0);

        /** With the values as the specification writes them. */
        @Override
        public String toString() {
            return String.format("status 0x%03X, failed 0x%X", status, failed);
        }
    }

    /** What an untouched read buffer is full of. */
    public static final byte UNTOUCHED = 0x5A;

    /** Sectors that the buffers have room for: more than a drive takes in one command. */
    public static final int ROOM = Limits.MAX_ADDRESSES + 16;

    private static final int DEPTH = 4;

    public final FlashDevice device;
    public final Geometry geometry;
    public final Limits limits;
    public final IoQueue queue;
    public final IoBuffer out;
    public final IoBuffer in;
    public final IoBuffer oobOut;
    public final IoBuffer oobIn;
    private final Set<Trait> traits;
    private final byte[] untouched;
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();

    /** A rig on a device that keeps what is written to it. */
    public Rig(FlashDevice device) throws GoneException {
        this(device, Set.of(Trait.PAYLOAD));
    }

    /** A rig on a device of which this much is known. */
    public Rig(FlashDevice device, Set<Trait> traits) throws GoneException {
        this.device = device;
        this.traits = traits;
        this.geometry = device.geometry();
        this.limits = device.limits();
        this.queue = device.openQueue(DEPTH);
        IoBufferPool data = new IoBufferPool(ROOM * geometry.sectorBytes(), 2);
        IoBufferPool oob = new IoBufferPool(Math.max(1, ROOM * geometry.oobBytes()), 2);
        out = data.tryTake();
        in = data.tryTake();
        oobOut = oob.tryTake();
        oobIn = oob.tryTake();
        untouched = new byte[in.capacity()];
        Arrays.fill(untouched, UNTOUCHED);
    }

    /** Whether the drive was declared to be so. */
    public boolean has(Trait trait) {
        return traits.contains(trait);
    }

    // ---- blocks

    /** The {@code index}-th block that is free, written in order and of the usual size, as the address of its sector 0. */
    public long freeBlock(int index) throws GoneException {
        return freeBlocks().get(index);
    }

    /** All blocks that are free, written in order and of the usual size. */
    public List<Long> freeBlocks() throws GoneException {
        return freeBlocks(device);
    }

    /** All blocks of a device that are free, written in order and of the usual size. */
    static List<Long> freeBlocks(FlashDevice device) throws GoneException {
        Geometry geometry = device.geometry();
        BlockReport report = device.report();
        List<Long> free = new ArrayList<>();
        for (int block = 0; block < geometry.blocks(); block++) {
            if (report.state(block) == BlockState.FREE
                    && report.type(block) == BlockType.SEQUENTIAL
                    && report.sectors(block) == geometry.sectorsPerBlock()) {
                free.add(geometry.blockPpa(block));
            }
        }
        return free;
    }

    /** The {@code index}-th block in a state. */
    public long blockIn(BlockState state, int index) throws GoneException {
        BlockReport report = device.report();
        int left = index;
        for (int block = 0; block < geometry.blocks(); block++) {
            if (report.state(block) == state && left-- == 0) {
                return geometry.blockPpa(block);
            }
        }
        throw new AssertionError("no block " + index + " is " + state);
    }

    public BlockState state(long ppa) throws GoneException {
        return device.report().state(geometry.blockIndex(ppa));
    }

    public int writePointer(long ppa) throws GoneException {
        return device.report().writePointer(geometry.blockIndex(ppa));
    }

    public long erases(long ppa) throws GoneException {
        return device.report().eraseCount(geometry.blockIndex(ppa));
    }

    /** Sectors of this block. */
    public int sectors(long ppa) throws GoneException {
        return device.report().sectors(geometry.blockIndex(ppa));
    }

    // ---- what is written

    /** The bytes that tests write to a sector: told by its address and a version. */
    public static void pattern(ByteBuffer target, int offset, int bytes, long address, long version) {
        long value = (address * 31 + version) * 0x9E3779B97F4A7C15L + 1;
        int end = offset + bytes;
        int at = offset;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            target.putLong(at, value);
            value += 0x9E3779B97F4A7C15L;
        }
        for (; at < end; at++) {
            target.put(at, (byte) value++);
        }
    }

    public static byte[] pattern(int bytes, long address, long version) {
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        pattern(buffer, 0, bytes, address, version);
        return buffer.array();
    }

    /** Fills the buffers with what belongs to these addresses. */
    private void prepare(long... addresses) {
        for (int i = 0; i < addresses.length; i++) {
            pattern(out.bytes(), i * geometry.sectorBytes(), geometry.sectorBytes(), addresses[i], 0);
            pattern(oobOut.bytes(), i * geometry.oobBytes(), geometry.oobBytes(), addresses[i], 1);
        }
    }

    // ---- commands

    public Outcome write(long first, int sectors) throws GoneException {
        return writeAll(true, run(first, sectors));
    }

    public Outcome writeAll(boolean withOob, long... addresses) throws GoneException {
        prepare(addresses);
        command.write(out, 0);
        addAll(addresses);
        if (withOob) {
            command.oob(oobOut, 0);
        }
        return execute(command);
    }

    /** The same as one scalar command. */
    public Outcome writeScalar(long first, int sectors) throws GoneException {
        prepare(run(first, sectors));
        return execute(command.write(out, 0).range(first, sectors).oob(oobOut, 0));
    }

    /** Appends what belongs to the first sectors of a zone behind its write pointer; see {@link #appendedAt}. */
    public Outcome append(long zone, int sectors) throws GoneException {
        prepare(run(Ppa.blockOf(zone) + writePointerOrZero(zone), sectors));
        return execute(command.append(out, 0).range(zone, sectors).oob(oobOut, 0));
    }

    private int writePointerOrZero(long ppa) throws GoneException {
        return geometry.contains(Ppa.blockOf(ppa)) ? writePointer(ppa) : 0;
    }

    /** Where the last append went. */
    public long appendedAt() {
        return completion.address();
    }

    /** Writes whatever is left of a block. */
    public void fill(long block) throws GoneException {
        int sectorsOfBlock = sectors(block);
        for (int at = writePointer(block); at < sectorsOfBlock; ) {
            int sectors = Math.min(limits.wsOpt(), sectorsOfBlock - at);
            assertThat(write(block + at, sectors)).isEqualTo(Outcome.SUCCESS);
            at += sectors;
        }
    }

    /** Writes programs of ws_min until this many sectors are written. */
    public void writeUpTo(long block, int sectors) throws GoneException {
        int n = limits.wsMin();
        for (int at = writePointer(block); at < sectors; at += n) {
            assertThat(write(block + at, n)).isEqualTo(Outcome.SUCCESS);
        }
    }

    public Outcome read(long... addresses) throws GoneException {
        forgetLastRead();
        command.read(in, 0).oob(oobIn, 0);
        addAll(addresses);
        return execute(command);
    }

    /** The same as one scalar command. */
    public Outcome readScalar(long first, int sectors) throws GoneException {
        forgetLastRead();
        return execute(command.read(in, 0).oob(oobIn, 0).range(first, sectors));
    }

    private void forgetLastRead() {
        in.bytes().put(0, untouched);
        oobIn.bytes().put(0, untouched, 0, oobIn.capacity());
    }

    public Outcome erase(long... addresses) throws GoneException {
        command.erase();
        addAll(addresses);
        return execute(command);
    }

    /** Erases, and takes what the drive says of each block into the buffer, from 0 on. */
    public Outcome erase(IoBuffer descriptors, long... addresses) throws GoneException {
        command.erase().oob(descriptors, 0);
        addAll(addresses);
        return execute(command);
    }

    /** The same as one scalar command. */
    public Outcome eraseScalar(long first, int sectors) throws GoneException {
        return execute(command.erase().range(first, sectors));
    }

    public Outcome copy(long[] from, long[] to) throws GoneException {
        command.copy();
        addAll(from);
        for (long each : to) {
            command.addDestination(each);
        }
        return execute(command);
    }

    public Outcome finish(long... zones) throws GoneException {
        command.finish();
        addAll(zones);
        return execute(command);
    }

    public Outcome open(long... zones) throws GoneException {
        command.open();
        addAll(zones);
        return execute(command);
    }

    public Outcome close(long... zones) throws GoneException {
        command.close();
        addAll(zones);
        return execute(command);
    }

    private void addAll(long... addresses) {
        for (long each : addresses) {
            command.add(each);
        }
    }

    /** Runs a command to its end. */
    public Outcome execute(IoCommand any) throws GoneException {
        assertThat(queue.submit(any)).isTrue();
        queue.await(1, Long.MAX_VALUE);
        assertThat(queue.poll(completion)).isTrue();
        return outcome(completion);
    }

    /** What a completion says, as far as the drive tells it. */
    public Outcome outcome(Completion done) {
        return new Outcome(done.status(), has(Trait.NO_BITMAP) ? 0 : done.failedAddresses());
    }

    /** The outcome of a command whose addresses {@code from} to {@code to}, exclusive, failed. */
    public Outcome refused(int status, int from, int to) {
        return refused(status, bits(from, to));
    }

    /** The outcome of a command whose addresses with these bits failed. */
    public Outcome refused(int status, long failed) {
        return new Outcome(status, has(Trait.NO_BITMAP) ? 0 : failed);
    }

    static long bits(int from, int to) {
        long bits = 0;
        for (int i = from; i < to; i++) {
            bits |= 1L << i;
        }
        return bits;
    }

    // ---- what was read

    /** Data number {@code index} of the last read. */
    public byte[] data(int index) {
        return bytes(in, index, geometry.sectorBytes());
    }

    /** OOB bytes number {@code index} of the last read. */
    public byte[] oob(int index) {
        return bytes(oobIn, index, geometry.oobBytes());
    }

    public byte[] untouched() {
        return Arrays.copyOf(untouched, geometry.sectorBytes());
    }

    /** Asserts that the last read gave what was written to this address. */
    public void assertData(int index, long address) {
        assertDataOf(index, address, 0);
    }

    /** Asserts that the last read gave the data of another address, moved here. */
    public void assertDataOf(int index, long address, long version) {
        if (has(Trait.PAYLOAD)) {
            assertThat(data(index))
                    .as(where(index, address))
                    .isEqualTo(pattern(geometry.sectorBytes(), address, version));
        }
    }

    public void assertOob(int index, long address) {
        if (has(Trait.PAYLOAD)) {
            assertThat(oob(index)).as(where(index, address)).isEqualTo(pattern(geometry.oobBytes(), address, 1));
        }
    }

    /** Asserts that the last read gave zeros, in data and OOB. */
    public void assertZeros(int index) {
        if (!has(Trait.PAYLOAD)) {
            return;
        }
        assertThat(data(index)).as("sector %d of the read", index).isEqualTo(new byte[geometry.sectorBytes()]);
        assertThat(oob(index)).as("OOB %d of the read", index).isEqualTo(new byte[geometry.oobBytes()]);
    }

    /** Asserts that a whole stretch of a block can be read, and that it is what was written there. */
    public void assertReadable(long block, int from, int to) throws GoneException {
        for (int at = from, end; at < to; at = end) {
            end = Math.min(to, at + Limits.MAX_ADDRESSES);
            assertThat(read(run(block + at, end - at)))
                    .as(Ppa.toString(block + at))
                    .isEqualTo(Outcome.SUCCESS);
            for (int i = 0; i < end - at; i++) {
                assertData(i, block + at + i);
                assertOob(i, block + at + i);
            }
        }
    }

    private static String where(int index, long address) {
        return "sector " + index + " of the read, " + Ppa.toString(address);
    }

    public long programmed(ByteClass byteClass) {
        return device.counters().programmedBytes(byteClass);
    }

    public static long[] run(long first, int sectors) {
        long[] addresses = new long[sectors];
        for (int i = 0; i < sectors; i++) {
            addresses[i] = first + i;
        }
        return addresses;
    }

    /** Several lists of addresses as one. */
    public static long[] join(long[]... parts) {
        return Arrays.stream(parts).flatMapToLong(Arrays::stream).toArray();
    }

    @Override
    public void close() {
        queue.close();
        device.close();
    }

    private static byte[] bytes(IoBuffer buffer, int index, int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(index * length, bytes);
        return bytes;
    }
}
