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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** Two threads, each programming and reading sector by sector on a LUN of its own: of one drive, or of a drive each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
@Threads(2)
public class ParallelBenchmark {
    private static final String SHAPE = "mem:?factoryBad=0&wsMin=1&mwCunits=0&sectorBytes=512";

    /** {@code one}: both threads on the same drive; {@code two}: a drive each. */
    @Param({"one", "two"})
    public String drives;

    private final FlashDevice[] devices = new FlashDevice[2];
    private final AtomicInteger threads = new AtomicInteger();

    /** Opens the drives. */
    @Setup
    public void open() throws IOException {
        Scheduler scheduler = Scheduler.real();
        devices[0] = Ocssd.openDevice(SHAPE, scheduler);
        devices[1] = drives.equals("one") ? devices[0] : Ocssd.openDevice(SHAPE, scheduler);
    }

    /** What a thread has for itself. */
    @State(Scope.Thread)
    public static class User {
        private final Completion completion = new Completion();
        private final IoCommand command = new IoCommand();
        private Geometry geometry;
        private IoQueue queue;
        private IoBuffer buffer;
        private int firstBlock;
        private int block;
        private int sector;

        /** Takes LUN 0 or LUN 1, whoever comes first. */
        @Setup
        public void begin(ParallelBenchmark all) throws GoneException {
            int number = all.threads.getAndIncrement() % 2;
            FlashDevice device = all.devices[number];
            geometry = device.geometry();
            queue = device.openQueue(4);
            buffer = new IoBufferPool(4096, 1).tryTake();
            firstBlock = number * geometry.blocksPerLun();
            block = firstBlock;
        }

        private void execute(IoCommand any) throws GoneException {
            if (!queue.submit(any) || !queue.poll(completion) || !completion.isSuccess()) {
                throw new IllegalStateException("status=" + completion.status());
            }
        }
    }

    /** A program and a read of the sector. */
    @Benchmark
    public int programAndRead(User user) throws GoneException {
        Geometry geometry = user.geometry;
        if (user.sector == geometry.sectorsPerBlock()) {
            user.execute(user.command.erase().add(geometry.blockPpa(user.block)));
            user.sector = 0;
            user.block = user.block + 1 == user.firstBlock + geometry.blocksPerLun() ? user.firstBlock : user.block + 1;
        }
        long address = geometry.blockPpa(user.block) + user.sector++;
        user.execute(user.command.write(user.buffer, 0).add(address));
        user.execute(user.command.read(user.buffer, 0).add(address));
        return user.completion.status();
    }
}
