package io.ocssd.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.common.collect.ImmutableList;
import io.ocssd.cli.bench.measure.Measure;
import io.ocssd.cli.frame.Failure;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Priority;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Loads on a device whose latencies are known. */
class LoadRunTest {
    private static final long MICRO = 1_000;
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000_000_000;
    private static final ImmutableList<Integer> ALL = ImmutableList.of(0, 2, 1, 3);

    private final Scheduler scheduler = Scheduler.simulated(7);

    @AfterEach
    void close() {
        scheduler.close();
    }

    @Test
    void latenciesAndRatesAreThoseOfTheDevice() throws Exception {
        long[] reads = {0};
        HandMadeDevice device = device(
                command -> command.operation() == IoCommand.Operation.READ ? (1 + reads[0]++ % 1000) * MICRO : MICRO);
        Measure measure = run(device, reads(1, 1, 0), 0, 10_000).reads().orElseThrow();
        assertThat(measure.requests()).isEqualTo(10_000);
        assertThat(measure.errors()).isZero();
        assertThat(measure.latencies().meanNanos()).isEqualTo(500_500);
        assertThat(measure.latencies().minNanos()).isEqualTo(MICRO);
        assertThat(measure.latencies().maxNanos()).isEqualTo(1000 * MICRO);
        for (double percentile : new double[] {10, 50, 90, 99, 99.9}) {
            assertThat(measure.latencies().percentileNanos(percentile))
                    .as("p" + percentile)
                    .isCloseTo(Math.round(percentile * 10 * MICRO), within(Math.round(percentile * 10)));
        }
        assertThat(measure.window().nanos()).isEqualTo(10_000 * 500_500L);
        assertThat(measure.requestsPerSecond()).isCloseTo(1e9 / 500_500, within(1e-6));
        assertThat(measure.megabytesPerSecond()).isCloseTo(4096e3 / 500_500, within(1e-9));
    }

    @Test
    void aQueueIsKeptFull() throws Exception {
        HandMadeDevice device = device(command -> 100 * MICRO);
        Measure measure = run(device, reads(1, 16, 0), SECOND / 10, 0).reads().orElseThrow();
        assertThat(measure.requestsPerSecond()).isEqualTo(160_000);
        assertThat(measure.latencies().maxNanos()).isEqualTo(100 * MICRO);
        assertThat(measure.window().nanos()).isEqualTo(SECOND / 10);
        assertThat(device.mostInFlight).isEqualTo(16);
    }

    @Test
    void aLargeRequestIsSeveralCommandsAndEndsWithTheLast() throws Exception {
        Geometry geometry = new Geometry(1, 2, 4, 256, 4096, 0);
        HandMadeDevice device =
                new HandMadeDevice(scheduler, geometry, HandMadeDevice.LIMITS, command -> command.count() * MICRO);
        ReadLoad load = new ReadLoad(true, 150, 1, ImmutableList.of(0, 1), 2, Priority.NORMAL, 0);
        Measure measure = run(device, Optional.of(load), Optional.empty(), SECOND, 0)
                .reads()
                .orElseThrow();
        assertThat(device.mostInFlight).isBetween(3, 4);
        assertThat(measure.latencies().maxNanos()).isEqualTo(64 * MICRO);
        assertThat(measure.bytes()).isEqualTo(measure.requests() * 150 * 4096);
    }

    @Test
    void aRequestForMoreCommandsThanTheQueueTakesIsStillWhole() throws Exception {
        Geometry geometry = new Geometry(1, 1, 4, 1 << 14, 512, 0);
        HandMadeDevice device = new HandMadeDevice(scheduler, geometry, new Limits(1, 1, 0, 0), command -> MICRO);
        ReadLoad load = new ReadLoad(true, 1 << 14, 32, ImmutableList.of(0), 1, Priority.NORMAL, 0);
        Measure measure =
                run(device, Optional.of(load), Optional.empty(), 0, 40).reads().orElseThrow();
        assertThat(measure.requests()).isEqualTo(40);
        assertThat(device.mostInFlight).isEqualTo(4096);
        assertThat(Arrays.stream(device.reads(0)).distinct()).containsExactly(40);
    }

    @Test
    void sequentialReadsTakeEverySectorInTurn() throws Exception {
        HandMadeDevice device = device(command -> MICRO);
        ReadLoad load = new ReadLoad(false, 2, 4, ALL, 1, Priority.NORMAL, 0);
        run(device, Optional.of(load), Optional.empty(), 0, 4 * 32 * 3);
        for (int lun = 0; lun < 4; lun++) {
            assertThat(device.reads(lun * 8)).containsOnly(3);
        }
    }

    @Test
    void randomReadsAreEverywhere() throws Exception {
        HandMadeDevice device = device(command -> MICRO);
        ReadLoad load = new ReadLoad(true, 1, 4, ALL, 2, Priority.NORMAL, 0);
        run(device, Optional.of(load), Optional.empty(), 0, 4 * 2 * 64 * 100);
        for (int block : new int[] {0, 1, 8, 9, 16, 17, 24, 25}) {
            int[] reads = device.reads(block);
            assertThat(Arrays.stream(reads).min().orElseThrow()).isGreaterThan(50);
            assertThat(Arrays.stream(reads).max().orElseThrow()).isLessThan(150);
        }
    }

    @Test
    void onlyWhatIsMissingIsWrittenToBeRead() throws Exception {
        HandMadeDevice device = device(command -> MICRO)
                .with(3, BlockState.CLOSED, 64)
                .with(8, BlockState.CLOSED, 60)
                .with(9, BlockState.OPEN, 8)
                .with(10, BlockState.OFFLINE, 0);
        LoadResult result = run(device, reads(1, 1, 0), 0, 100);
        assertThat(result.preparedBytes()).isEqualTo(3 * 64 * 4096);
        assertThat(device.state(0)).isEqualTo(BlockState.FREE);
        assertThat(device.state(11)).isEqualTo(BlockState.CLOSED);
        assertThat(device.programmed(ByteClass.PAYLOAD)).isEqualTo(3 * 64 * 4096);
    }

    @Test
    void writersFillBlocksAndEraseTheirOwnWhenNoneIsFree() throws Exception {
        HandMadeDevice device =
                device(command -> command.operation() == IoCommand.Operation.ERASE ? MILLI : 100 * MICRO);
        device.with(0, BlockState.CLOSED, 64).with(1, BlockState.OPEN, 8);
        WriteLoad load = new WriteLoad(8, 1, ALL, 4, 1, 0);
        LoadResult result = run(device, Optional.empty(), Optional.of(load), SECOND, 0);
        Measure measure = result.writes().orElseThrow();
        assertThat(device.state(0)).isEqualTo(BlockState.CLOSED);
        assertThat(device.state(1)).isEqualTo(BlockState.OPEN);
        assertThat(measure.latencies().maxNanos())
                .as("a closed loop sends after the erase")
                .isEqualTo(100 * MICRO);
        assertThat(measure.erases()).isEqualTo(device.erases()).isGreaterThan(1000);
        // A block is 8 requests of 100 us and, once none is free, an erase of 1 ms.
        assertThat(measure.requestsPerSecond()).isCloseTo(4 * 8 / 1.8e-3, within(200.0));
        assertThat(device.mostOpen).isEqualTo(5);
    }

    @Test
    void anOpenLoopFeelsTheErase() throws Exception {
        HandMadeDevice device =
                device(command -> command.operation() == IoCommand.Operation.ERASE ? MILLI : 100 * MICRO);
        WriteLoad load = new WriteLoad(8, 1, ImmutableList.of(0), 1, 1, 1000);
        Measure measure = run(device, Optional.empty(), Optional.of(load), SECOND, 0)
                .writes()
                .orElseThrow();
        assertThat(measure.latencies().maxNanos()).isGreaterThan(MILLI);
        assertThat(measure.erases()).isPositive();
    }

    @Test
    void requestsMayCrossBlocksAndHaveAnyDepth() throws Exception {
        HandMadeDevice device = device(command -> command.count() * 10 * MICRO);
        WriteLoad load = new WriteLoad(20, 3, ALL, 4, 1, 0);
        Measure measure = run(device, Optional.empty(), Optional.of(load), 0, 1000)
                .writes()
                .orElseThrow();
        assertThat(measure.requests()).isEqualTo(1000);
        assertThat(measure.errors()).isZero();
        assertThat(device.mostOpen).isEqualTo(4);
    }

    @Test
    void fewerWritersThanLunsWanderOverAllOfThem() throws Exception {
        boolean[] written = new boolean[4];
        HandMadeDevice device = device(command -> {
            written[HandMadeDevice.GEOMETRY.lunIndex(command.address(0))] = true;
            return 100 * MICRO;
        });
        WriteLoad load = new WriteLoad(8, 1, ALL, 2, 1, 0);
        Measure measure = run(device, Optional.empty(), Optional.of(load), SECOND, 0)
                .writes()
                .orElseThrow();
        assertThat(device.mostOpen).isEqualTo(2);
        assertThat(written).containsOnly(true);
        assertThat(measure.requestsPerSecond()).isLessThanOrEqualTo(20_000);
    }

    @Test
    void aWriterIsBusyForItsFractionOfTheTime() throws Exception {
        Geometry large = new Geometry(1, 1, 64, 4096, 4096, 0);
        HandMadeDevice device = new HandMadeDevice(scheduler, large, HandMadeDevice.LIMITS, command -> 1394 * MICRO);
        WriteLoad load = new WriteLoad(8, 1, ImmutableList.of(0), 1, 0.2, 0);
        Measure measure = run(device, Optional.empty(), Optional.of(load), 100 * SECOND, 0)
                .writes()
                .orElseThrow();
        assertThat(measure.requestsPerSecond() * 1394e-6).isCloseTo(0.2, within(0.0001));
    }

    @Test
    void poissonArrivalsHaveTheirRateAndWaitInTurn() throws Exception {
        HandMadeDevice device = device(command -> 100 * MICRO);
        Measure free = run(device, reads(1, 64, 5000), 4 * SECOND, 0).reads().orElseThrow();
        assertThat(free.requestsPerSecond()).isCloseTo(5000, within(150.0));
        assertThat(free.latencies().maxNanos()).isEqualTo(100 * MICRO);
        assertThat(free.unsent()).isZero();

        // M/D/1: with load r and service s the mean is s + r s / (2 (1 - r)).
        Measure queued = run(device(command -> 100 * MICRO), reads(1, 1, 5000), 4 * SECOND, 0)
                .reads()
                .orElseThrow();
        assertThat(queued.latencies().meanNanos()).isCloseTo(150 * MICRO, within(7 * MICRO));
        assertThat(queued.unsent()).isZero();
    }

    @Test
    void moreThanTheDeviceCanServeIsCounted() throws Exception {
        HandMadeDevice device = device(command -> MILLI);
        Measure measure = run(device, reads(1, 1, 10_000), SECOND, 0).reads().orElseThrow();
        assertThat(measure.requestsPerSecond()).isCloseTo(1000, within(1.0));
        assertThat(measure.latencies().count()).isBetween(1998L, 2001L);
        assertThat(measure.unsent() + measure.latencies().count()).isCloseTo(10_000, within(400L));
        assertThat(measure.latencies().maxNanos()).isGreaterThan(1800 * MILLI);
    }

    @Test
    void whatCameBeforeTheWindowIsNotMeasured() throws Exception {
        long[] commands = {0};
        HandMadeDevice device = device(command -> commands[0]++ < 200 ? 50 * MICRO : 100 * MICRO);
        Workload workload = new Workload(reads(1, 1, 0), Optional.empty(), 100 * MILLI, SECOND, 0, 1);
        Measure measure = run(device, workload, false).reads().orElseThrow();
        assertThat(measure.latencies().minNanos()).isEqualTo(100 * MICRO);
        assertThat(measure.requestsPerSecond()).isEqualTo(10_000);
    }

    @Test
    void readsAndWritesEndTogether() throws Exception {
        HandMadeDevice device = device(command -> 100 * MICRO);
        LoadResult result =
                run(device, reads(1, 1, 0), Optional.of(new WriteLoad(8, 1, ImmutableList.of(1), 1, 0.5, 0)), 0, 1000);
        assertThat(result.window().nanos()).isEqualTo(100 * MILLI);
        assertThat(result.reads().orElseThrow().requests()).isEqualTo(1000);
        assertThat(result.writes().orElseThrow().requests())
                .as("each block: 8 times a write and a pause, and an erase")
                .isCloseTo(470, within(10L));
    }

    @Test
    void failedReadsAreCountedAndTheirLatenciesAreNot() throws Exception {
        long[] commands = {0};
        HandMadeDevice device = new HandMadeDevice(
                scheduler, HandMadeDevice.GEOMETRY, HandMadeDevice.LIMITS, command -> 100 * MICRO, command -> {
                    if (command.operation() != IoCommand.Operation.READ) {
                        return NvmeStatus.SUCCESS;
                    }
                    long number = commands[0]++;
                    return number % 10 == 3 ? NvmeStatus.UNRECOVERED_READ : number % 10 == 5 ? NvmeStatus.HIGH_ECC : 0;
                });
        Measure measure = run(device, reads(1, 1, 0), 0, 1000).reads().orElseThrow();
        assertThat(measure.errors()).isEqualTo(100);
        assertThat(measure.latencies().count()).isEqualTo(900);
        assertThat(measure.requests()).isEqualTo(900);
        assertThat(measure.firstError()).startsWith("unrecovered read error at ch=");
    }

    @Test
    void aFailedProgramMakesTheWriterTakeAnotherBlock() throws Exception {
        int[] programs = {0};
        HandMadeDevice device = new HandMadeDevice(
                scheduler,
                HandMadeDevice.GEOMETRY,
                HandMadeDevice.LIMITS,
                command -> 100 * MICRO,
                command -> command.operation() == IoCommand.Operation.WRITE && ++programs[0] == 4
                        ? NvmeStatus.CHUNK_EARLY_CLOSE
                        : NvmeStatus.SUCCESS);
        WriteLoad load = new WriteLoad(8, 2, ImmutableList.of(2), 1, 1, 0);
        Measure measure = run(device, Optional.empty(), Optional.of(load), 0, 100)
                .writes()
                .orElseThrow();
        assertThat(measure.errors()).isBetween(1L, 2L);
        assertThat(measure.requests() + measure.errors()).isEqualTo(100);
        assertThat(measure.firstError()).isEqualTo("write failed, chunk early close at ch=1,lun=0,blk=0,sec=24");
    }

    @Test
    void aDriveThatTakesNothingEndsTheRun() throws Exception {
        HandMadeDevice device = new HandMadeDevice(
                scheduler,
                HandMadeDevice.GEOMETRY,
                HandMadeDevice.LIMITS,
                command -> 100 * MICRO,
                command -> NvmeStatus.WRITE_FAULT);
        WriteLoad load = new WriteLoad(8, 2, ALL, 4, 1, 0);
        LoadResult result = run(device, Optional.empty(), Optional.of(load), SECOND, 0);
        assertThat(result.refusal())
                .get()
                .extracting(Failure::getMessage)
                .asString()
                .startsWith("no LUN takes writes any more: write fault at ");
        assertThat(result.deadWriters()).isEqualTo(4);
        assertThat(result.writes().orElseThrow().errors()).isPositive();
        assertThatThrownBy(() -> run(device, reads(1, 1, 0), SECOND, 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("can't be written: write fault at ");
    }

    @Test
    void limitsOfOpenBlocksAreKept() throws Exception {
        Limits four = new Limits(4, 8, 16, 4);
        HandMadeDevice device = new HandMadeDevice(scheduler, HandMadeDevice.GEOMETRY, four, command -> MICRO)
                .with(31, BlockState.OPEN, 8);
        assertThatThrownBy(
                        () -> run(device, Optional.empty(), Optional.of(new WriteLoad(8, 1, ALL, 4, 1, 0)), SECOND, 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("lets only 3 more be open");
        LoadResult result = run(device, reads(1, 1, 0), Optional.of(new WriteLoad(8, 2, ALL, 3, 1, 0)), 10 * MILLI, 0);
        assertThat(result.writes().orElseThrow().errors()).isZero();
    }

    @Test
    void aLunWithoutRoomIsNamed() {
        HandMadeDevice device = device(command -> MICRO);
        IntStream.range(8, 16).forEach(block -> device.with(block, BlockState.OPEN, 8));
        assertThatThrownBy(() -> run(device, reads(1, 1, 0), SECOND, 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("LUN 1 has not enough full blocks");
        assertThatThrownBy(
                        () -> run(device, Optional.empty(), Optional.of(new WriteLoad(8, 1, ALL, 4, 1, 0)), SECOND, 0))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("only 3 have a free block");
    }

    @Test
    void blocksAreGivenBackAsFreeAsTheyWere() throws Exception {
        HandMadeDevice device = device(command -> 100 * MICRO)
                .with(0, BlockState.CLOSED, 64)
                .with(9, BlockState.OPEN, 12)
                .with(31, BlockState.OFFLINE, 0);
        Workload workload =
                new Workload(reads(1, 4, 0), Optional.of(new WriteLoad(12, 2, ALL, 4, 1, 0)), 0, 20 * MILLI + 1, 0, 1);
        LoadResult result = run(device, workload, true);
        assertThat(result.blocksLeft()).isZero();
        assertThat(device.programmed(ByteClass.PADDING)).isPositive();
        for (int block = 0; block < 32; block++) {
            BlockState expected = block == 0
                    ? BlockState.CLOSED
                    : block == 9 ? BlockState.OPEN : block == 31 ? BlockState.OFFLINE : BlockState.FREE;
            assertThat(device.state(block)).as("block " + block).isEqualTo(expected);
        }
    }

    @Test
    void stoppingEndsItWithWhatWasMeasured() throws Exception {
        HandMadeDevice device = device(command -> 100 * MICRO);
        Monitor monitor = new Monitor() {
            private int asked;

            @Override
            public void begin(String step, long total, String unit) {}

            @Override
            public void progress(long done) {}

            @Override
            public boolean stopRequested() {
                return ++asked > 500;
            }
        };
        Workload workload = new Workload(reads(1, 1, 0), Optional.empty(), 0, 0, 1 << 30, 1);
        LoadResult result = scheduler.run("test", () -> LoadRun.run(device, scheduler, workload, true, monitor));
        assertThat(result.stopped()).isTrue();
        assertThat(result.reads().orElseThrow().requests()).isBetween(300L, 500L);
        assertThat(result.window().nanos())
                .isEqualTo(result.reads().orElseThrow().requests() * 100 * MICRO);
    }

    private HandMadeDevice device(ToLongFunction<IoCommand> latencyNanos) {
        return new HandMadeDevice(scheduler, HandMadeDevice.GEOMETRY, HandMadeDevice.LIMITS, latencyNanos);
    }

    private static Optional<ReadLoad> reads(int sectors, int depth, double rate) {
        return Optional.of(new ReadLoad(true, sectors, depth, ALL, 1, Priority.NORMAL, rate));
    }

    private LoadResult run(HandMadeDevice device, Optional<ReadLoad> reads, long duration, long count)
            throws Exception {
        return run(device, reads, Optional.empty(), duration, count);
    }

    private LoadResult run(
            HandMadeDevice device, Optional<ReadLoad> reads, Optional<WriteLoad> writes, long duration, long count)
            throws Exception {
        return run(device, new Workload(reads, writes, 0, duration, count, 1), false);
    }

    private LoadResult run(HandMadeDevice device, Workload workload, boolean restores) throws Exception {
        return scheduler.run("test", () -> LoadRun.run(device, scheduler, workload, restores, Monitor.SILENT));
    }
}
