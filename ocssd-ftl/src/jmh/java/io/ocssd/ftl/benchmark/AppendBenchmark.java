package io.ocssd.ftl.benchmark;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
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
 * What {@code takeBuffer} and {@code append(IoBuffer)} of a unit of ws_opt sectors cost, to a vblock over all LUNs, beside the
 * same program sent to the bare drive.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class AppendBenchmark {
    static final int WIDTH = 8;
    /** As many as a writer of this width has in its window on these drives. */
    static final int BUFFERS = 83;

    /** So many that a row hardly ever begins a vblock. */
    private static final int SECTORS_PER_BLOCK = 1 << 21;

    private static final int SECTORS_PER_BLOCK_WITH_PAYLOAD = 1 << 12;

    /** Whether the drive keeps the bytes. */
    @Param({"off", "on"})
    public String payload;

    private VblockRig rig;
    private BareUnits bare;
    private VblockWriter writer;

    /** Makes the drives. */
    @Setup
    public void open() throws IOException {
        int sectors = payload.equals("on") ? SECTORS_PER_BLOCK_WITH_PAYLOAD : SECTORS_PER_BLOCK;
        rig = new VblockRig("mem:?factoryBad=0&eraseOpen=on&eraseFree=on&oobBytes=0&blocks=4&sectors=" + sectors
                + "&payload=" + payload);
        bare = new BareUnits(rig.bare, WIDTH, BUFFERS);
        writer = rig.allocate(WIDTH);
        VblockRig.age();
    }

    /** Lets go of the drives. */
    @TearDown
    public void close() {
        rig.close();
    }

    /** A program of a unit. */
    @Benchmark
    public int plainAppend() throws IOException {
        if (bare.isFull()) {
            bare.restart();
        }
        return bare.program();
    }

    /** An append of a unit. */
    @Benchmark
    public long vblockAppend() throws IOException {
        IoBuffer buffer = writer.takeBuffer();
        if (buffer.bytes().limit() == 0 || buffer.bytes().limit() > writer.remaining(false)) {
            buffer.release();
            turn();
            return 0;
        }
        return writer.append(buffer);
    }

    private void turn() throws IOException {
        // Erased without a seal, which would have to fill all the rest of it.
        writer.close();
        writer.vblock().erase();
        writer = rig.allocate(WIDTH);
    }
}
