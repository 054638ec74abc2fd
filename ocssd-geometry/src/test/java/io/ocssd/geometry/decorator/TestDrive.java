package io.ocssd.geometry.decorator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Limits;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;
import java.util.stream.LongStream;

/** An open device, one queue and buffers: commands one at a time, with data that tells where it belongs. */
public final class TestDrive implements AutoCloseable {
    /** Four LUNs of small blocks: a unit of 2 sectors, a window of 4. */
    public static final String SHAPE =
            "channels=2&luns=2&blocks=6&sectors=24&sectorBytes=512&oobBytes=8&wsMin=2&wsOpt=4&mwCunits=4&factoryBad=0";

    /** Zones of the same size. */
    public static final String ZONES =
            "channels=1&luns=1&blocks=8&sectors=24&sectorBytes=512&oobBytes=0&wsMin=1&wsOpt=4"
                    + "&mwCunits=0&factoryBad=0&zoned=on&maxOpen=4&maxActive=6";

    private static final byte UNTOUCHED = 0x5A;

    /** What a command was answered. */
    public record Answer(int status, long failed) {
        public static final Answer SUCCESS = new Answer(0, 0);

        /** A status with the bits {@code from} to {@code to}, exclusive. */
        public static Answer failed(int status, int from, int to) {
            return new Answer(status, (-1L << from) & (-1L >>> (64 - to)));
        }
    }

    public final FlashDevice device;
    public final Geometry geometry;
    public final Limits limits;
    public final IoQueue queue;
    public final IoBuffer out;
    public final IoBuffer in;
    public final IoBuffer oobOut;
    public final IoBuffer oobIn;
    public final Completion completion = new Completion();
    private final IoCommand command = new IoCommand();

    public TestDrive(FlashDevice device) throws GoneException {
        this.device = device;
        this.geometry = device.geometry();
        this.limits = device.limits();
        this.queue = device.openQueue(8);
        IoBufferPool pool = new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), 4);
        out = pool.tryTake();
        in = pool.tryTake();
        oobOut = pool.tryTake();
        oobIn = pool.tryTake();
    }

    /** What is done with a scheduler. */
    public interface Body {
        void run(Scheduler scheduler) throws Exception;
    }

    /** Runs a test in real time and in virtual time. */
    public static void inBothTimes(Body body) throws Exception {
        for (boolean simulated : new boolean[] {false, true}) {
            try (Scheduler scheduler = simulated ? Scheduler.simulated(1) : Scheduler.real()) {
                scheduler.run("test", () -> {
                    body.run(scheduler);
                    return null;
                });
            }
        }
    }

    public static FlashDevice memory(String shape, Scheduler scheduler) throws Exception {
        return Ocssd.openDevice("mem:?" + shape, scheduler);
    }

    /** The address of a sector. */
    public long ppa(int lun, int block, int sector) {
        return geometry.blockPpa(lun, block) + sector;
    }

    public BlockState state(long ppa) throws GoneException {
        return device.report().state(geometry.blockIndex(ppa));
    }

    public int writePointer(long ppa) throws GoneException {
        return device.report().writePointer(geometry.blockIndex(ppa));
    }

    public static long[] run(long first, int sectors) {
        return LongStream.range(first, first + sectors).toArray();
    }

    public Answer write(long first, int sectors) throws GoneException {
        return write(run(first, sectors));
    }

    public Answer write(long... addresses) throws GoneException {
        return execute(writing(addresses));
    }

    public IoCommand writing(long... addresses) {
        command.write(out, 0).oob(oobOut, 0);
        for (long each : addresses) {
            command.add(each);
        }
        pattern(addresses);
        return command;
    }

    public IoCommand writingRange(long first, int sectors) {
        pattern(run(first, sectors));
        return command.write(out, 0).range(first, sectors).oob(oobOut, 0);
    }

    /** Fills the buffers of programs with what belongs at these addresses. */
    public void pattern(long... addresses) {
        for (int i = 0; i < addresses.length; i++) {
            pattern(out, i, addresses[i], geometry.sectorBytes());
            pattern(oobOut, i, addresses[i], geometry.oobBytes());
        }
    }

    private static void pattern(IoBuffer buffer, int index, long address, int bytes) {
        for (int i = 0; i < bytes; i++) {
            buffer.bytes().put(index * bytes + i, patternByte(address, i));
        }
    }

    private static byte patternByte(long address, int at) {
        long mixed = (address + at) * 0x9E37_79B9_7F4A_7C15L;
        return (byte) (mixed >>> 56);
    }

    /** Writes whatever is left of a block. */
    public void fill(long block) throws GoneException {
        for (int at = writePointer(block); at < geometry.sectorsPerBlock(); at += limits.wsMin()) {
            assertThat(write(block + at, limits.wsMin())).isEqualTo(Answer.SUCCESS);
        }
    }

    public Answer read(long first, int sectors) throws GoneException {
        return read(run(first, sectors));
    }

    public Answer read(long... addresses) throws GoneException {
        command.read(untouched(in), 0).oob(untouched(oobIn), 0);
        for (long each : addresses) {
            command.add(each);
        }
        return execute(command);
    }

    public Answer readRange(long first, int sectors) throws GoneException {
        return execute(command.read(untouched(in), 0).range(first, sectors).oob(untouched(oobIn), 0));
    }

    private static IoBuffer untouched(IoBuffer buffer) {
        for (int i = 0; i < buffer.capacity(); i++) {
            buffer.bytes().put(i, UNTOUCHED);
        }
        return buffer;
    }

    public Answer erase(long... addresses) throws GoneException {
        command.erase();
        for (long each : addresses) {
            command.add(each);
        }
        return execute(command);
    }

    /** A command to fill. */
    public IoCommand command() {
        return command;
    }

    /** Runs a command to its end. */
    public Answer execute(IoCommand any) throws GoneException {
        assertThat(queue.submit(any)).isTrue();
        assertThat(queue.await(1, Long.MAX_VALUE)).isEqualTo(1);
        assertThat(queue.poll(completion)).isTrue();
        assertThat(queue.poll(completion)).as("another completion").isFalse();
        return new Answer(completion.status(), completion.failedAddresses());
    }

    /** Asserts that number {@code index} of the last read gave what was written to this address. */
    public void assertData(int index, long address) {
        assertThat(bytes(in, index, geometry.sectorBytes())).isEqualTo(expected(address, geometry.sectorBytes()));
        assertThat(bytes(oobIn, index, geometry.oobBytes())).isEqualTo(expected(address, geometry.oobBytes()));
    }

    /** Asserts that number {@code index} of the last read was left alone. */
    public void assertUntouched(int index) {
        byte[] untouched = new byte[geometry.sectorBytes()];
        Arrays.fill(untouched, UNTOUCHED);
        assertThat(bytes(in, index, geometry.sectorBytes())).isEqualTo(untouched);
    }

    private static byte[] expected(long address, int bytes) {
        byte[] expected = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            expected[i] = patternByte(address, i);
        }
        return expected;
    }

    public static byte[] bytes(IoBuffer buffer, int index, int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(index * length, bytes);
        return bytes;
    }

    @Override
    public void close() {
        queue.close();
        device.close();
    }
}
