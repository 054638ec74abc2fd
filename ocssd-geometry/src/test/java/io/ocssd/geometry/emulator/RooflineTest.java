package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import io.ocssd.device.Geometry;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.geometry.timing.NandTimings;
import io.ocssd.geometry.timing.PageLayout;
import io.ocssd.scheduler.HostCost;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * What one LUN and all of them deliver on the drive of the LightNVM paper (FAST'17), in MB/s: within 3 % of the arithmetic of
 * the model, which stands in each test, and within 10 % of the paper.
 */
final class RooflineTest {
    private static final String DRIVE = "mem:?profile=westlake&blocks=8&payload=off";
    private static final int COUNT = Boolean.getBoolean("ocssd.campaign") ? 50_000 : 4_000;
    private static final int UNIT_SECTORS = 16;
    private static final int UNIT_BYTES = UNIT_SECTORS * 4096;
    private static final NandTiming TIMING = NandTimings.WESTLAKE;
    private static final double SECTOR_ON_BUS = 4096 / 280e6 * 1e9;
    private static final double UNIT_ON_BUS = UNIT_BYTES / 280e6 * 1e9;
    private static final double COMMAND =
            HostCost.COMMAND.nanos() + TIMING.controller().commandNanos();

    private static void assertFigure(double measured, double arithmetic, double paper) {
        assertThat(measured).as("the model's arithmetic").isCloseTo(arithmetic, withPercentage(3));
        assertThat(measured).as("the paper").isCloseTo(paper, withPercentage(10));
    }

    /** A time of a page, averaged over a block. */
    private static double mean(com.google.common.primitives.ImmutableLongArray byKind) {
        PageLayout layout = new PageLayout(TIMING.cells(), Profile.WESTLAKE.geometry(), Profile.WESTLAKE.limits());
        double sum = 0;
        for (int page = 0; page < layout.pagesPerBlock(); page++) {
            sum += byKind.get(TIMING.cells().order().kind(page, layout.pagesPerBlock()));
        }
        return sum / layout.pagesPerBlock();
    }

    @Test
    void oneLunRandomReadsOfASectorOneAtATime() throws Exception {
        Bench.run(DRIVE, 128, bench -> {
            bench.fill(0);
            double measured = readOneLun(bench, 1, 1);
            double nanos = COMMAND + mean(TIMING.cells().readNanos()) + SECTOR_ON_BUS;
            assertFigure(measured, 4096 * 1e3 / nanos, 56);
        });
    }

    @Test
    void oneLunRandomReadsOfAUnitTwoAtATime() throws Exception {
        Bench.run(DRIVE, 128, bench -> {
            bench.fill(0);
            double measured = readOneLun(bench, 2, UNIT_SECTORS);
            double nanos = UNIT_ON_BUS + TIMING.registers().cacheReadNanos();
            assertFigure(measured, UNIT_BYTES * 1e3 / nanos, 273);
        });
    }

    private static double readOneLun(Bench bench, int depth, int sectors) throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        int places = bench.geometry.sectorsPerBlock() / sectors;
        long start = bench.now();
        for (int i = 0; i < COUNT; i++) {
            if (i >= depth) {
                bench.next(Long.MAX_VALUE);
            }
            bench.read(i, bench.geometry.blockPpa(5, 0) + (long) sectors * random.nextInt(places), sectors);
        }
        bench.drain();
        return Bench.megabytesPerSecond((long) COUNT * sectors * 4096, bench.now() - start);
    }

    @Test
    void oneLunSequentialWritesOfAUnitOneAtATime() throws Exception {
        Bench.run(DRIVE, 1, bench -> {
            double measured = write(bench, 1);
            double nanos = COMMAND + UNIT_ON_BUS + mean(TIMING.cells().programNanos());
            assertFigure(measured, UNIT_BYTES * 1e3 / nanos, 47);
        });
    }

    @Test
    void fourLunsWrite() throws Exception {
        Bench.run(DRIVE, 4, bench -> {
            double measured = write(bench, 4);
            double nanos = COMMAND + UNIT_ON_BUS + mean(TIMING.cells().programNanos());
            assertFigure(measured, 4 * UNIT_BYTES * 1e3 / nanos, 188);
        });
    }

    @Test
    void allLunsWriteWhatTheLinkCarries() throws Exception {
        Bench.run(DRIVE, 128, bench -> assertFigure(write(bench, 128), 4_000, 4_000));
    }

    @Test
    void withoutTheLinkAllLunsWouldWriteMore() throws Exception {
        // The figures of the paper for one LUN and all channels do not bound the drive at 4 GB/s: only its link does.
        double perLun =
                UNIT_BYTES * 1e3 / (COMMAND + UNIT_ON_BUS + mean(TIMING.cells().programNanos()));
        assertThat(128 * perLun).isCloseTo(6_016, withPercentage(3));
        assertThat(16 * 280.0).isGreaterThan(4_000);
    }

    /** Writes one block on so many LUNs, on different channels first, a unit of each at a time. */
    private static double write(Bench bench, int luns) throws Exception {
        Geometry geometry = bench.geometry;
        int units = geometry.sectorsPerBlock() / UNIT_SECTORS;
        int[] written = new int[luns];
        long start = bench.now();
        for (int stream = 0; stream < luns; stream++) {
            bench.write(stream, block(geometry, stream), UNIT_SECTORS);
            written[stream] = 1;
        }
        while (bench.queue.inFlight() > 0) {
            bench.next(Long.MAX_VALUE);
            int stream = (int) bench.completion.tag();
            if (written[stream] < units) {
                long place = (long) written[stream]++ * UNIT_SECTORS;
                bench.write(stream, block(geometry, stream) + place, UNIT_SECTORS);
            }
        }
        return Bench.megabytesPerSecond((long) luns * units * UNIT_BYTES, bench.now() - start);
    }

    private static long block(Geometry geometry, int stream) {
        int channel = stream % geometry.channels();
        return geometry.blockPpa(channel * geometry.lunsPerChannel() + stream / geometry.channels(), 1);
    }

    @Test
    void allLunsReadWhatTheChannelsCarry() throws Exception {
        Bench.run(DRIVE, 256, bench -> {
            bench.fill(0);
            SplittableRandom random = new SplittableRandom(1);
            int units = bench.geometry.sectorsPerBlock() / UNIT_SECTORS;
            int count = 8 * COUNT;
            long start = bench.now();
            for (int i = 0; i < count; i++) {
                // Two of each LUN under way, whichever ended.
                int lun = i < 256 ? i % 128 : (int) bench.completion.tag();
                long unit = bench.geometry.blockPpa(lun, 0) + (long) UNIT_SECTORS * random.nextInt(units);
                bench.read(lun, unit, UNIT_SECTORS);
                if (i >= 255) {
                    bench.next(Long.MAX_VALUE);
                }
            }
            bench.drain();
            double measured = Bench.megabytesPerSecond((long) count * UNIT_BYTES, bench.now() - start);
            assertFigure(measured, 16 * 280, 4_480);
            long elapsed = bench.now() - start;
            long busy = bench.device.counters().channelBusyNanos(3);
            assertThat(busy).as("the bus is what bounds").isGreaterThan(elapsed * 97 / 100);
        });
    }
}
