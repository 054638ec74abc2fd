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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
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
 * Reads and programs on an {@code emu:} drive that was full once, with OOB, beside positional reads and writes of the same
 * data in a file of the same size, in the same order. The files are in the directory of temporary files.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ImageBenchmark {
    private static final String SHAPE = "?factoryBad=0&channels=1&luns=1&sectors=256&blocks=64&wsMin=1";

    /** Sectors of a command. */
    @Param({"1", "8", "64"})
    public int sectors;

    private final Completion completion = new Completion();
    private final IoCommand command = new IoCommand();
    private Path image;
    private Path file;
    private FileChannel channel;
    private FlashDevice device;
    private Geometry geometry;
    private IoQueue queue;
    private IoBuffer buffer;
    private IoBuffer oob;
    private long readAt;
    private long writeAt;

    /** Opens the drive and fills it, and the file. */
    @Setup
    public void open() throws IOException {
        image = Files.createTempFile("ocssd", ".img");
        Files.delete(image);
        Ocssd.create("emu:" + image + SHAPE);
        device = Ocssd.openDevice("emu:" + image, Scheduler.real());
        geometry = device.geometry();
        queue = device.openQueue(1);
        buffer = new IoBufferPool(64 * geometry.sectorBytes(), 1).tryTake();
        oob = new IoBufferPool(64 * geometry.oobBytes(), 1).tryTake();
        file = Files.createTempFile("ocssd", ".peer");
        channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        for (long each = 0; each < (long) geometry.blocks() * geometry.sectorsPerBlock(); each += sectors) {
            program(each);
            channel.write(part(), each * geometry.sectorBytes());
        }
    }

    /** Lets go of the drive, and deletes both files. */
    @TearDown
    public void close() throws IOException {
        device.close();
        channel.close();
        Files.delete(image);
        Files.delete(file);
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
        execute(command.write(buffer, 0).oob(oob, 0).addRun(address(sector), sectors));
    }

    private ByteBuffer part() {
        return buffer.part(0, sectors * geometry.sectorBytes());
    }

    /** The peer of {@link #driveRead}. */
    @Benchmark
    public int plainRead() throws IOException {
        return channel.read(part(), nextToRead() * geometry.sectorBytes());
    }

    /** A read. */
    @Benchmark
    public int driveRead() throws GoneException {
        execute(command.read(buffer, 0).oob(oob, 0).addRun(address(nextToRead()), sectors));
        return completion.status();
    }

    /** The peer of {@link #driveWrite}. */
    @Benchmark
    public int plainWrite() throws IOException {
        return channel.write(part(), nextToWrite() * geometry.sectorBytes());
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
