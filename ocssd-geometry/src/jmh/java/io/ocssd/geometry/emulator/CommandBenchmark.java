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
import io.ocssd.geometry.decorator.faults.Fault;
import io.ocssd.geometry.decorator.faults.Faults;
import io.ocssd.geometry.decorator.faults.FaultyDevice;
import io.ocssd.geometry.decorator.trace.Trace;
import io.ocssd.geometry.decorator.trace.TracedDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a command of one sector costs when no byte moves and no time passes: filled in, submitted, executed with all checks
 * and counters, polled. The calibration rows do the same with a queue behind which nothing is, and with none.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class CommandBenchmark {
    private static final int ADDRESSES = 1024;
    private static final int BATCH = 32;
    private static final int TRACE_BYTES = 1 << 20;

    /**
     * What is between sender and drive: nothing; or {@code faults+trace+}, the trace kept in memory, and a fault that is
     * armed at a block where nothing happens.
     */
    @Param({"", "faults+trace+"})
    public String over;

    private final Completion completion = new Completion();
    private final IoCommand command = new IoCommand();
    private final long[] readable = new long[ADDRESSES];
    private final IoQueue emptyRing = new EmptyRing(BATCH);
    private FlashDevice device;
    private Geometry geometry;
    private IoQueue queue;
    private IoBuffer buffer;
    private int next;
    private int writeBlock;
    private long writePpa;
    private int writeSector;

    /** Makes a drive that is full: its first half for reads, its second half for programs. */
    @Setup
    public void open() throws IOException {
        Scheduler scheduler = Scheduler.real();
        device = Ocssd.openDevice("mem:?factoryBad=0&wsMin=1&payload=off", scheduler);
        if (over.contains("trace+")) {
            device = new TracedDevice(device, Trace.inMemory(TRACE_BYTES), scheduler);
        }
        if (over.contains("faults+")) {
            Fault elsewhere = Fault.unreadable()
                    .block(device.geometry().blockPpa(device.geometry().blocks() / 2));
            device = new FaultyDevice(device, Faults.of(1, elsewhere), scheduler);
        }
        geometry = device.geometry();
        queue = device.openQueue(BATCH);
        buffer = new IoBufferPool(64 * geometry.sectorBytes(), 1).tryTake();
        for (int block = 0; block < geometry.blocks(); block++) {
            for (int sector = 0; sector < geometry.sectorsPerBlock(); sector += 64) {
                execute(command.write(buffer, 0).addRun(geometry.blockPpa(block) + sector, 64));
            }
        }
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ADDRESSES; i++) {
            readable[i] = geometry.blockPpa(random.nextInt(geometry.blocks() / 2))
                    + random.nextInt(geometry.sectorsPerBlock());
        }
        writeBlock = geometry.blocks() - 1;
        writeSector = geometry.sectorsPerBlock();
        // A drive lives long: what belongs to it is old, and stores of references into it cost what they then cost.
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
    }

    /** Lets go of the drive. */
    @TearDown
    public void close() {
        device.close();
    }

    private int execute(IoCommand any) throws GoneException {
        return execute(queue, any);
    }

    private int execute(IoQueue on, IoCommand any) throws GoneException {
        if (!on.submit(any) || !on.poll(completion) || !completion.isSuccess()) {
            throw new IllegalStateException("status=" + completion.status());
        }
        return completion.status();
    }

    /** Filling in a command, and nothing else. */
    @Benchmark
    public long calibrationFillIn() {
        next = next + 1 & ADDRESSES - 1;
        return command.read(buffer, 0).add(readable[next]).address(0);
    }

    /** A queue with nothing behind it. */
    @Benchmark
    public int calibrationEmptyRing() throws GoneException {
        next = next + 1 & ADDRESSES - 1;
        return execute(emptyRing, command.read(buffer, 0).add(readable[next]));
    }

    /** A read of one sector. */
    @Benchmark
    public int read() throws GoneException {
        next = next + 1 & ADDRESSES - 1;
        return execute(command.read(buffer, 0).add(readable[next]));
    }

    /** Reads of one sector, 32 of them under way. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int readBatch() throws GoneException {
        for (int i = 0; i < BATCH; i++) {
            next = next + 1 & ADDRESSES - 1;
            queue.submit(command.read(buffer, 0).add(readable[next]));
        }
        int good = 0;
        while (queue.poll(completion)) {
            good += completion.isSuccess() ? 1 : 0;
        }
        return good;
    }

    /** Programs of one sector, block after block; a share of an erase in each. */
    @Benchmark
    public int program() throws GoneException {
        if (writeSector == geometry.sectorsPerBlock()) {
            writeBlock = writeBlock + 1 == geometry.blocks() ? geometry.blocks() / 2 : writeBlock + 1;
            writePpa = geometry.blockPpa(writeBlock);
            writeSector = 0;
            execute(command.erase().add(writePpa));
        }
        return execute(command.write(buffer, 0).add(writePpa + writeSector++));
    }
}
