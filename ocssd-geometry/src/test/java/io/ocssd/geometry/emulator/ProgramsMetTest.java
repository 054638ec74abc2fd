package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.ArrayDeque;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How often a read meets a program when W of 128 LUNs are written (the LightNVM paper, figure 5): with the probability
 * rho W / 128, where rho is how much of the time each of them programs.
 */
final class ProgramsMetTest {
    /** So many reads meet a program that their number, being drawn, is off by a twentieth at most. */
    private static final int MEETINGS = Boolean.getBoolean("ocssd.campaign") ? 40_000 : 4_000;

    private static final long READ = 73_000;
    private static final long PROGRAM = 1_394_000;
    /** Of the first stream; those of the others are below. */
    private static final long WRITE_TAG = -1;

    private static final long ERASE_TAG = Long.MIN_VALUE;

    /** Constant times and nothing that is shared, so that only a program can delay a read. */
    private static final String DRIVE = "mem:?profile=westlake&blocks=2&payload=off&readNanos=" + READ
            + "&programNanos=" + PROGRAM + "&eraseNanos=0";

    private static final int LUNS = 128;
    private static final int UNIT_SECTORS = 16;

    @ParameterizedTest
    @CsvSource({"4, 0.5", "4, 1", "8, 1", "16, 0.5", "16, 1", "32, 1", "64, 0.5", "64, 1", "128, 0.5"})
    void aReadMeetsAProgramAsOftenAsLunsAreWritten(int streams, double busyShare) throws Exception {
        Bench.run(DRIVE, 512, bench -> {
            double expected = busyShare * streams / LUNS;
            int reads = (int) Math.round(MEETINGS / expected);
            double met = new Meetings(bench, streams, busyShare).count(reads) / (double) reads;
            assertThat(met).as("streams=" + streams + ", rho=" + busyShare).isCloseTo(expected, withPercentage(5));
        });
    }

    /** Single sectors are read at random moments from random LUNs; streams write a unit, pause, and write the next. */
    private static final class Meetings {
        /** So long between two streams' units that no two streams keep step with each other. */
        private static final int STEP_NANOS = 7_919;

        private final Bench bench;
        private final SplittableRandom random = new SplittableRandom(5);
        private final long pause;
        private final int[] written;
        private final ArrayDeque<Integer> pausing = new ArrayDeque<>();
        private final long[] due;
        private final long[] arrivals = new long[256];

        Meetings(Bench bench, int streams, double busyShare) {
            this.bench = bench;
            this.pause = Math.round(PROGRAM * (1 - busyShare) / busyShare);
            this.written = new int[streams];
            this.due = new long[streams];
        }

        /** How many of so many reads took longer than a read. */
        int count(int reads) throws Exception {
            bench.fill(0);
            for (int stream = 0; stream < written.length; stream++) {
                due[stream] = bench.now() + (long) stream * STEP_NANOS;
                pausing.add(stream);
            }
            long nextArrival = bench.now() + PROGRAM;
            int came = 0;
            int met = 0;
            for (int ended = 0; ended < reads; ) {
                while (!pausing.isEmpty() && due[pausing.peek()] <= bench.now()) {
                    write(pausing.remove());
                }
                while (came < reads && nextArrival <= bench.now()) {
                    arrivals[came % arrivals.length] = nextArrival;
                    bench.read(came++, bench.geometry.blockPpa(random.nextInt(bench.geometry.luns()), 0), 1);
                    nextArrival += Math.round(-Math.log(1 - random.nextDouble()) * PROGRAM);
                }
                long deadline = came < reads ? nextArrival : Long.MAX_VALUE;
                if (!pausing.isEmpty()) {
                    deadline = Math.min(deadline, due[pausing.peek()]);
                }
                if (!bench.next(deadline)) {
                    continue;
                }
                long tag = bench.completion.tag();
                if (tag >= 0) {
                    ended++;
                    met += bench.now() - arrivals[(int) tag % arrivals.length] > READ + PROGRAM / 100 ? 1 : 0;
                } else if (tag != ERASE_TAG) {
                    int stream = (int) (WRITE_TAG - tag);
                    due[stream] = bench.now() + pause;
                    pausing.add(stream);
                }
            }
            return met;
        }

        private void write(int stream) throws Exception {
            int sectorsPerBlock = bench.geometry.sectorsPerBlock();
            long block = bench.geometry.blockPpa(stream, 1);
            if (written[stream] == sectorsPerBlock) {
                bench.erase(ERASE_TAG, block);
                written[stream] = 0;
            }
            bench.write(WRITE_TAG - stream, block + written[stream], UNIT_SECTORS);
            written[stream] += UNIT_SECTORS;
        }
    }
}
