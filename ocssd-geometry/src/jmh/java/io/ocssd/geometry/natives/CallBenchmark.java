package io.ocssd.geometry.natives;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A read of 512 cached bytes through {@link Kernel}, beside the bare mapping of the same call. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 50, timeUnit = TimeUnit.MILLISECONDS)
@Fork(2)
public class CallBenchmark {
    private static final int BYTES = 512;

    private final ByteBuffer memory = ByteBuffer.allocateDirect(BYTES);
    private Path file;
    private Kernel kernel;
    private int descriptor;
    private long address;

    @Setup
    public void open() throws Exception {
        kernel = LinuxKernel.instance();
        file = Files.createTempFile("call", "");
        Files.write(file, new byte[BYTES]);
        descriptor = kernel.open(file.toString(), Kernel.O_RDONLY);
        address = kernel.address(memory);
    }

    @Benchmark
    public long bare() {
        return LibC.pread(descriptor, address, BYTES, 0);
    }

    @Benchmark
    public long throughKernel() {
        return kernel.pread(descriptor, address, BYTES, 0);
    }

    @TearDown
    public void close() throws Exception {
        kernel.close(descriptor);
        Files.delete(file);
    }
}
