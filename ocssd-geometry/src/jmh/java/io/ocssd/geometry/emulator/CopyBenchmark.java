package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Reads and programs of whole vectors on a {@code mem:} drive that was full once, beside a plain copy of the same bytes
 * between the same buffer and memory of the drive's size, in the same order.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class CopyBenchmark {
    /** Sectors of a command. */
    @Param("64")
    public int sectors;

    /** Blocks of the drive: 1 MiB each; 4 fit the cache of a core or so, 256 fit no cache. */
    @Param({"4", "256"})
    public int blocks;

    private final Completion completion = new Completion();
    private final IoCommand command = new IoCommand();
    private FlashDevice device;
    private Geometry geometry;
    private IoQueue queue;
    private IoBuffer buffer;
    private ByteBuffer plain;
    private long readAt;
    private long writeAt;

    /** Opens the drive and fills it. */
    @Setup
    public void open() throws IOException {
        device = Ocssd.openDevice("mem:?factoryBad=0&channels=1&luns=1&sectors=256&blocks=" + blocks, Scheduler.real());
        geometry = device.geometry();
        queue = device.openQueue(1);
        buffer = new IoBufferPool(sectors * geometry.sectorBytes(), 1).tryTake();
        while (buffer.bytes().hasRemaining()) {
            buffer.bytes().putLong(0x0123456789ABCDEFL * buffer.bytes().position());
        }
        plain = ByteBuffer.allocateDirect((int) geometry.capacityBytes() + IoBufferPool.ALIGNMENT)
                .alignedSlice(IoBufferPool.ALIGNMENT);
        for (int i = 0; i < geometry.capacityBytes(); i += 512) {
            plain.putLong(i, i);
        }
        for (long each = 0; each < (long) geometry.blocks() * geometry.sectorsPerBlock(); each += sectors) {
            program(each);
        }
    }

    /** Lets go of the drive. */
    @TearDown
    public void close() {
        device.close();
    }

    private void execute(IoCommand any) throws GoneException {
        if (!queue.submit(any) || !queue.poll(completion) || !completion.isSuccess()) {
            throw new IllegalStateException("status=" + completion.status());
        }
    }

    private long nextToRead() {
        long now = readAt;
        readAt = after(readAt);
        return now;
    }

    private long nextToWrite() {
        long now = writeAt;
        writeAt = after(writeAt);
        return now;
    }

    private long after(long sector) {
        return (sector + sectors) % ((long) geometry.blocks() * geometry.sectorsPerBlock());
    }

    private long address(long sector) {
        return geometry.blockPpa((int) (sector / geometry.sectorsPerBlock())) + sector % geometry.sectorsPerBlock();
    }

    private void program(long sector) throws GoneException {
        execute(command.write(buffer, 0).addRun(address(sector), sectors));
    }

    /** The peer of {@link #driveRead}. */
    @Benchmark
    public int plainRead() {
        int from = (int) (nextToRead() * geometry.sectorBytes());
        buffer.bytes().put(0, plain, from, sectors * geometry.sectorBytes());
        return from;
    }

    /** A read. */
    @Benchmark
    public int driveRead() throws GoneException {
        execute(command.read(buffer, 0).addRun(address(nextToRead()), sectors));
        return completion.status();
    }

    /** The peer of {@link #driveWrite}. */
    @Benchmark
    public int plainWrite() {
        int to = (int) (nextToWrite() * geometry.sectorBytes());
        plain.put(to, buffer.bytes(), 0, sectors * geometry.sectorBytes());
        return to;
    }

    /** A program; the first of a block erases it first. */
    @Benchmark
    public int driveWrite() throws GoneException {
        long sector = nextToWrite();
        if (sector % geometry.sectorsPerBlock() == 0) {
            execute(command.erase().add(address(sector)));
        }
        program(sector);
        return completion.status();
    }
}
