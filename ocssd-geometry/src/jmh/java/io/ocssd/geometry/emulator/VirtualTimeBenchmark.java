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
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sectors that one core simulates in virtual time when no byte is kept: vectors of 64 sectors, 32 of them under way over all
 * LUNs. The unit is nanoseconds a sector: 50 are 20 million sectors a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class VirtualTimeBenchmark {
    private static final int VECTORS = 1024;
    private static final int SECTORS = 64;
    private static final int DEPTH = 32;

    private final Scheduler scheduler = Scheduler.simulated(1);
    private final Completion completion = new Completion();
    private final IoCommand command = new IoCommand();
    private Geometry geometry;
    private IoQueue queue;
    private IoBuffer buffer;
    private int row;
    private int lun;

    /** Opens the drive. */
    @Setup
    public void open() throws Exception {
        FlashDevice device = scheduler.run("open", () -> Ocssd.openDevice("mem:?factoryBad=0&payload=off", scheduler));
        geometry = device.geometry();
        queue = device.openQueue(DEPTH);
        buffer = new IoBufferPool(SECTORS * geometry.sectorBytes(), 1).tryTake();
    }

    /** Programs of 64 sectors over all LUNs in turn; a block that is full is erased and begun again. */
    @Benchmark
    @OperationsPerInvocation(VECTORS * SECTORS)
    public long program() throws Exception {
        return scheduler.run("programs", () -> {
            for (int i = 0; i < VECTORS; i++) {
                int block = lun * geometry.blocksPerLun();
                if (row == geometry.sectorsPerBlock()) {
                    send(command.erase().add(geometry.blockPpa(block)));
                }
                int sector = row == geometry.sectorsPerBlock() ? 0 : row;
                send(command.write(buffer, 0).addRun(geometry.blockPpa(block) + sector, SECTORS));
                if (++lun == geometry.luns()) {
                    lun = 0;
                    row = sector + SECTORS;
                }
            }
            return scheduler.nanoTime();
        });
    }

    private void send(IoCommand any) throws GoneException {
        if (queue.inFlight() == DEPTH) {
            queue.await(1, Long.MAX_VALUE);
            while (queue.poll(completion)) {
                if (!completion.isSuccess()) {
                    throw new IllegalStateException("status=" + completion.status());
                }
            }
        }
        queue.submit(any);
    }
}
