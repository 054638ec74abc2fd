package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * How many LUNs are written decides what reads feel (the LightNVM paper, figure 5): W streams fill one block each, then go on
 * with the block of another LUN; 16 random reads of 256 KiB are always under way over all 128 LUNs, and as many bytes of
 * writes at most. Writes alone reach min(47 W, 4000) MB/s. Reads
 * beside 4 streams are as good as alone, beside 128 about half as fast; the tail of their latencies only grows with W.
 */
final class ActiveLunsTest {
    private static final String DRIVE = "mem:?profile=westlake&blocks=32&payload=off";
    private static final long NANOS = Boolean.getBoolean("ocssd.campaign") ? 5_000_000_000L : 500_000_000L;
    private static final int UNIT_SECTORS = 16;
    private static final int UNIT_BYTES = UNIT_SECTORS * 4096;
    private static final int READ_SECTORS = 64;
    private static final int MOST_READERS = 16;
    /** Units under way beside reads: as many bytes as are read. */
    private static final int MOST_UNITS = MOST_READERS * READ_SECTORS / UNIT_SECTORS;
    /** What a LUN writes, in MB/s: its own arithmetic is checked elsewhere. */
    private static final double LUN_WRITES = 47;

    private record Outcome(double written, double read, double[] tail) {}

    private static Outcome run(int streams, int readers) throws Exception {
        Outcome[] outcome = new Outcome[1];
        Bench.run(DRIVE, 256, bench -> {
            bench.fill(0);
            outcome[0] = new Experiment(bench, streams, readers).run();
        });
        return outcome[0];
    }

    /** Tags below {@link #MOST_READERS} are reads, the others are streams of writes. */
    private static final class Experiment {
        private final Bench bench;
        private final SplittableRandom random = new SplittableRandom(3);
        private final int readers;
        private final int[] written;
        /** Streams whose turn it is when one ends. */
        private final ArrayDeque<Integer> idle = new ArrayDeque<>();

        private final long[] begun = new long[MOST_READERS];
        private long[] latencies = new long[1024];
        private int reads;
        private long units;

        Experiment(Bench bench, int streams, int readers) {
            this.bench = bench;
            this.readers = readers;
            this.written = new int[streams];
        }

        Outcome run() throws Exception {
            long start = bench.now();
            int most = readers == 0 ? written.length : Math.min(written.length, MOST_UNITS);
            for (int stream = 0; stream < written.length; stream++) {
                idle.add(stream);
            }
            for (int unit = 0; unit < most; unit++) {
                write(idle.remove());
            }
            for (int reader = 0; reader < readers; reader++) {
                read(reader);
            }
            while (bench.now() < start + NANOS) {
                bench.next(Long.MAX_VALUE);
                int tag = (int) bench.completion.tag();
                if (tag >= MOST_READERS) {
                    units++;
                    idle.add(tag - MOST_READERS);
                    write(idle.remove());
                } else {
                    if (reads == latencies.length) {
                        latencies = Arrays.copyOf(latencies, 2 * reads);
                    }
                    latencies[reads++] = bench.now() - begun[tag];
                    read(tag);
                }
            }
            long elapsed = bench.now() - start;
            bench.drain();
            long[] all = Arrays.copyOf(latencies, reads);
            double[] tail =
                    readers == 0 ? new double[0] : new double[] {Bench.quantile(all, 0.9), Bench.quantile(all, 0.99)};
            return new Outcome(
                    Bench.megabytesPerSecond(units * UNIT_BYTES, elapsed),
                    Bench.megabytesPerSecond((long) reads * READ_SECTORS * 4096, elapsed),
                    tail);
        }

        private void write(int stream) throws Exception {
            int sectorsPerBlock = bench.geometry.sectorsPerBlock();
            int turn = written[stream] / sectorsPerBlock;
            int lun = (stream + turn * written.length) % bench.geometry.luns();
            // On channel after channel, and never twice in the same block.
            int spread = lun % 16 * 8 + lun / 16;
            int block = 1 + turn * written.length / bench.geometry.luns();
            long place = bench.geometry.blockPpa(spread, block) + written[stream] % sectorsPerBlock;
            written[stream] += UNIT_SECTORS;
            bench.write(MOST_READERS + stream, place, UNIT_SECTORS);
        }

        private void read(int reader) throws Exception {
            int lun = random.nextInt(bench.geometry.luns());
            int place = READ_SECTORS * random.nextInt(bench.geometry.sectorsPerBlock() / READ_SECTORS);
            begun[reader] = bench.now();
            bench.read(reader, bench.geometry.blockPpa(lun, 0) + place, READ_SECTORS);
        }
    }

    @Test
    void writesAloneAreBoundByTheirLunsOrByTheLink() throws Exception {
        for (int streams = 4; streams <= 128; streams *= 2) {
            double expected = Math.min(LUN_WRITES * streams, 4_000);
            assertThat(run(streams, 0).written).as("streams=" + streams).isCloseTo(expected, withPercentage(3));
        }
    }

    @Test
    void fewActiveLunsLeaveReadsAlone() throws Exception {
        Outcome reference = run(0, MOST_READERS);
        Outcome before = reference;
        for (int streams = 4; streams <= 128; streams *= 2) {
            Outcome outcome = run(streams, MOST_READERS);
            String where = "streams=" + streams + ": " + outcome.written + " MB/s written, " + outcome.read
                    + " read, p90 and p99 " + Arrays.toString(outcome.tail) + "; reference " + reference.read
                    + " read, "
                    + Arrays.toString(reference.tail);
            if (streams <= MOST_UNITS) {
                assertThat(outcome.written).as(where).isGreaterThan(before.written);
            }
            if (streams < MOST_UNITS) {
                // Reads of the same LUNs and channels are in the way: a sixth is what they take.
                assertThat(outcome.written / (LUN_WRITES * streams)).as(where).isBetween(0.8, 1.0);
            }
            assertThat(outcome.read).as(where).isLessThan(before.read);
            assertThat(outcome.tail[0]).as(where).isGreaterThan(before.tail[0]);
            // So far out a few thousand reads tell neighbours apart only so well.
            assertThat(outcome.tail[1]).as(where).isGreaterThan(0.95 * before.tail[1]);
            if (streams == 4) {
                assertThat(outcome.read).as(where).isCloseTo(reference.read, withPercentage(5));
            }
            before = outcome;
        }
        assertThat(before.read / reference.read).isBetween(0.4, 0.6);
        assertThat(before.written).as("of the 4000 that the link would carry").isBetween(1_600.0, 2_400.0);
        assertThat(before.tail[1]).isGreaterThan(1.2 * reference.tail[1]);
    }
}
