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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Sectors that one core simulates in virtual time when no byte is kept: vectors of 64 sectors over all LUNs. The unit is
 * nanoseconds a sector: 50 are 20 million sectors a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class VirtualTimeBenchmark {
    static final int SECTORS = 64;
    private static final int VECTORS = 1024;

    /** Profile of the drive. */
    @Param({"small", "westlake"})
    public String drive;

    /** Where a vector goes: all of it to one block, or a unit of wsOpt to each of several LUNs. */
    @Param({"block", "stripe"})
    public String order;

    /** Vectors under way. */
    @Param({"32", "256"})
    public int depth;

    private final Scheduler scheduler = Scheduler.simulated(1);
    private final Completion completion = new Completion();
    private final IoCommand command = new IoCommand();
    private Geometry geometry;
    private IoQueue queue;
    private IoBuffer buffer;
    /** Sectors that go to one LUN before the next one has its turn. */
    private int unit;

    private int lun;
    private int row;

    /** Opens the drive and fills the first block of every LUN. */
    @Setup
    public void open() throws Exception {
        FlashDevice device = scheduler.run(
                "open", () -> Ocssd.openDevice("mem:?factoryBad=0&payload=off&profile=" + drive, scheduler));
        geometry = device.geometry();
        queue = device.openQueue(depth);
        buffer = new IoBufferPool(SECTORS * geometry.sectorBytes(), 1).tryTake();
        unit = order.equals("block") ? SECTORS : device.limits().wsOpt();
        scheduler.run("fill", () -> {
            for (int i = 0; i < geometry.luns() * geometry.sectorsPerBlock() / SECTORS; i++) {
                send(next(command.write(buffer, 0)));
            }
            settle(0);
            return 0;
        });
    }

    /** Programs; blocks that are full are erased and begun again. */
    @Benchmark
    @OperationsPerInvocation(VECTORS * SECTORS)
    public long program() throws Exception {
        return scheduler.run("programs", () -> {
            for (int i = 0; i < VECTORS; i++) {
                if (row == 0 && lun == 0) {
                    for (int each = 0; each < geometry.luns(); each++) {
                        send(command.erase().add(geometry.blockPpa(each, 0)));
                    }
                }
                send(next(command.write(buffer, 0)));
            }
            return scheduler.nanoTime();
        });
    }

    /** Reads. */
    @Benchmark
    @OperationsPerInvocation(VECTORS * SECTORS)
    public long read() throws Exception {
        return scheduler.run("reads", () -> {
            for (int i = 0; i < VECTORS; i++) {
                send(next(command.read(buffer, 0)));
            }
            return scheduler.nanoTime();
        });
    }

    /** Adds the addresses that come next. */
    private IoCommand next(IoCommand to) {
        for (int sectors = 0; sectors < SECTORS; sectors += unit) {
            to.addRun(geometry.blockPpa(lun, 0) + row, unit);
            if (++lun == geometry.luns()) {
                lun = 0;
                row = row + unit == geometry.sectorsPerBlock() ? 0 : row + unit;
            }
        }
        return to;
    }

    private void send(IoCommand any) throws GoneException {
        if (queue.inFlight() == depth) {
            settle(depth - 1);
        }
        queue.submit(any);
    }

    /** Waits until so many are under way at most. */
    private void settle(int most) throws GoneException {
        while (queue.inFlight() > most) {
            queue.await(1, Long.MAX_VALUE);
            while (queue.poll(completion)) {
                if (!completion.isSuccess()) {
                    throw new IllegalStateException("status=" + completion.status());
                }
            }
        }
    }
}
