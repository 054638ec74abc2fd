package io.ocssd.ftl.benchmark;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.vblock.ReadHandle;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
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
 * What reads of a sealed vblock over all LUNs cost, through a handle, beside the same reads of the bare drive: into any buffer of
 * the caller, and into one that the device can fill; 4 KiB at random, and 1 MiB after 1 MiB in order.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 20, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 60, time = 20, timeUnit = TimeUnit.MILLISECONDS)
@Fork(3)
public class ReadBenchmark {
    private static final int ADDRESSES = 1024;
    private static final int SECTORS_PER_BLOCK = 1 << 12;
    private static final int SECTOR_BYTES = 4096;
    private static final int RUNS = 4;
    private static final int RUN_BYTES = 64 * SECTOR_BYTES;

    /** Whether the drive keeps the bytes. */
    @Param({"off", "on"})
    public String payload;

    private final long[] ppas = new long[ADDRESSES];
    private final long[] offsets = new long[ADDRESSES];
    private final ByteBuffer small = ByteBuffer.allocateDirect(SECTOR_BYTES);
    private final IoBuffer page = new IoBufferPool(SECTOR_BYTES, 1).tryTake();
    private final IoBuffer large = new IoBufferPool(RUNS * RUN_BYTES, 1).tryTake();
    private final ByteBuffer copied = ByteBuffer.allocateDirect(RUNS * RUN_BYTES);
    private VblockRig rig;
    private BareUnits bare;
    private Vblock vblock;
    private ReadHandle handle;
    private int next;
    private long position;

    /** Makes the drives, and writes to both. */
    @Setup
    public void open() throws IOException {
        rig = new VblockRig("mem:?factoryBad=0&blocks=4&sectors=" + SECTORS_PER_BLOCK + "&payload=" + payload);
        bare = new BareUnits(rig.bare, AppendBenchmark.WIDTH, RUNS);
        while (!bare.isFull()) {
            bare.program();
        }
        VblockWriter writer = rig.allocate(AppendBenchmark.WIDTH);
        VblockRig.fill(writer);
        writer.seal();
        vblock = writer.vblock();
        handle = rig.vblocks.openHandle();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ADDRESSES; i++) {
            ppas[i] = bare.ppa(random.nextInt(AppendBenchmark.WIDTH), random.nextInt(SECTORS_PER_BLOCK));
            offsets[i] = random.nextLong(vblock.length() / SECTOR_BYTES) * SECTOR_BYTES;
        }
        VblockRig.age();
    }

    /** Lets go of the drives. */
    @TearDown
    public void close() throws IOException {
        handle.close();
        rig.close();
    }

    /** One sector at random. */
    @Benchmark
    public int plainRandomRead() throws IOException {
        next = next + 1 & ADDRESSES - 1;
        return bare.readSector(ppas[next]);
    }

    /** 4 KiB at random. */
    @Benchmark
    public ByteBuffer vblockRandomRead() throws IOException {
        next = next + 1 & ADDRESSES - 1;
        vblock.read(handle, offsets[next], small.clear());
        return small;
    }

    /** 4 KiB at random, into a buffer that the device fills. */
    @Benchmark
    public IoBuffer directRandomRead() throws IOException {
        next = next + 1 & ADDRESSES - 1;
        vblock.read(handle, offsets[next], page);
        return page;
    }

    /** 1 MiB, four commands of 64 sectors. */
    @Benchmark
    public int plainSequentialRead() throws IOException {
        int status = 0;
        for (int i = 0; i < RUNS; i++) {
            status |= bare.readNext();
        }
        return status;
    }

    /** The next 1 MiB, copied into the caller's buffer. */
    @Benchmark
    public ByteBuffer vblockSequentialRead() throws IOException {
        vblock.read(handle, nextOffset(), copied.clear());
        return copied;
    }

    /** The next 1 MiB, into a buffer that the device fills. */
    @Benchmark
    public IoBuffer directSequentialRead() throws IOException {
        vblock.read(handle, nextOffset(), large);
        return large;
    }

    private long nextOffset() {
        if (position + large.capacity() > vblock.length()) {
            position = 0;
        }
        position += large.capacity();
        return position - large.capacity();
    }
}
