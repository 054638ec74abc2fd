package io.ocssd.geometry.address;

import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What converting addresses costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class AddressBenchmark {
    private static final int ADDRESSES = 4096;

    private final DeviceAddressFormat format = new DeviceAddressFormat(new Geometry(8, 4, 1474, 6144, 4096, 16));
    private final long[] addresses = new long[ADDRESSES];
    private int next;

    /** Draws the addresses, the same each time. */
    @Setup
    public void draw() {
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < ADDRESSES; i++) {
            addresses[i] = Ppa.of(random.nextInt(8), random.nextInt(4), random.nextInt(1474), random.nextInt(6144));
        }
    }

    /** Ppa to device address and back, checked. */
    @Benchmark
    public long ppaToDeviceAndBack() {
        next = next + 1 & ADDRESSES - 1;
        return format.unpack(format.pack(addresses[next]));
    }
}
