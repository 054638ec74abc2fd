package io.ocssd.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An open device with one queue and buffers, on which tests run one command at a time. */
public final class Rig implements AutoCloseable {
    /** What a command was answered. */
    public record Outcome(int status, long failed) {
        public static final Outcome SUCCESS = new Outcome(0, 0);
    }

    /** What an untouched read buffer is full of. */
    public static final byte UNTOUCHED = 0x5A;

    public final FlashDevice device;
    public final Geometry geometry;
    public final Limits limits;
    public final IoQueue queue;
    public final IoBuffer out;
    public final IoBuffer in;
    public final IoBuffer oobOut;
    public final IoBuffer oobIn;
    private final IoCommand command = new IoCommand();
    private final Completion completion = new Completion();

    public Rig(FlashDevice device) throws GoneException {
        this.device = device;
        this.geometry = device.geometry();
        this.limits = device.limits();
        this.queue = device.openQueue(4);
        IoBufferPool data = new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), 2);
        IoBufferPool oob = new IoBufferPool(Math.max(1, Limits.MAX_ADDRESSES * geometry.oobBytes()), 2);
        out = data.tryTake();
        in = data.tryTake();
        oobOut = oob.tryTake();
        oobIn = oob.tryTake();
    }

    /** The {@code index}-th block of the device that is free now, as the address of its sector 0. */
    public long freeBlock(int index) throws GoneException {
        return blockIn(BlockState.FREE, index);
    }

    public long blockIn(BlockState state, int index) throws GoneException {
        var report = device.report();
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
        ByteBuffer buffer = ByteBuffer.allocate(bytes).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        pattern(buffer, 0, bytes, address, version);
        return buffer.array();
    }

    public Outcome write(long first, int sectors) throws GoneException {
        return writeAll(true, run(first, sectors));
    }

    public Outcome writeAll(boolean withOob, long... addresses) throws GoneException {
        command.write(out, 0);
        for (int i = 0; i < addresses.length; i++) {
            command.add(addresses[i]);
            pattern(out.bytes(), i * geometry.sectorBytes(), geometry.sectorBytes(), addresses[i], 0);
            pattern(oobOut.bytes(), i * geometry.oobBytes(), geometry.oobBytes(), addresses[i], 1);
        }
        if (withOob) {
            command.oob(oobOut, 0);
        }
        return execute(command);
    }

    /** Writes whatever is left of a block. */
    public void fill(long block) throws GoneException {
        for (int at = writePointer(block); at < geometry.sectorsPerBlock(); ) {
            int sectors = Math.min(limits.wsOpt(), geometry.sectorsPerBlock() - at);
            assertThat(write(block + at, sectors)).isEqualTo(Outcome.SUCCESS);
            at += sectors;
        }
    }

    public Outcome read(long... addresses) throws GoneException {
        byte[] untouched = new byte[in.capacity()];
        Arrays.fill(untouched, UNTOUCHED);
        in.bytes().put(0, untouched);
        oobIn.bytes().put(0, untouched, 0, oobIn.capacity());
        command.read(in, 0).oob(oobIn, 0);
        for (long each : addresses) {
            command.add(each);
        }
        return execute(command);
    }

    public Outcome erase(long... addresses) throws GoneException {
        command.erase();
        for (long each : addresses) {
            command.add(each);
        }
        return execute(command);
    }

    /** Runs a command to its end. */
    public Outcome execute(IoCommand any) throws GoneException {
        assertThat(queue.submit(any)).isTrue();
        queue.await(1, Long.MAX_VALUE);
        assertThat(queue.poll(completion)).isTrue();
        return new Outcome(completion.status(), completion.failedAddresses());
    }

    /** Data number {@code index} of the last read. */
    public byte[] data(int index) {
        return bytes(in, index, geometry.sectorBytes());
    }

    /** OOB bytes number {@code index} of the last read. */
    public byte[] oob(int index) {
        return bytes(oobIn, index, geometry.oobBytes());
    }

    public byte[] untouched() {
        byte[] bytes = new byte[geometry.sectorBytes()];
        Arrays.fill(bytes, UNTOUCHED);
        return bytes;
    }

    /** Asserts that the last read gave what was written to this address. */
    public void assertData(int index, long address) {
        assertThat(data(index)).isEqualTo(pattern(geometry.sectorBytes(), address, 0));
    }

    public void assertOob(int index, long address) {
        assertThat(oob(index)).isEqualTo(pattern(geometry.oobBytes(), address, 1));
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
