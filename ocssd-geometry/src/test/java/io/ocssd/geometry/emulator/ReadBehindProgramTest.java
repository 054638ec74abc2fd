package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads that meet programs on their LUN. Programs of constant length tP keep it busy for a share rho of the time, reads come
 * at random (Poisson) and see what time sees: with probability rho a program, of which a part between nothing and all is
 * left. So the mean is tR + rho tP / 2, and quantile q is tR + max(0, tP (1 - (1 - q) / rho)): within 3 %. Where quantile q lies
 * on the edge of that maximum, the share of reads that wait is compared instead.
 */
final class ReadBehindProgramTest {
    private static final int READS = Boolean.getBoolean("ocssd.campaign") ? 1_000_000 : 40_000;
    private static final long READ = 73_000;
    private static final long PROGRAM = 1_394_000;
    /** So rare that reads do not meet each other. */
    private static final double MEAN_INTERVAL = 50e6;

    private static final long WRITE_TAG = -1;
    private static final String DRIVE =
            "mem:?profile=tiny&blocks=4&sectors=1024&wsMin=1&wsOpt=1&mwCunits=0&factoryBad=0"
                    + "&payload=off&readNanos=" + READ + "&programNanos=" + PROGRAM + "&eraseNanos=0";

    @ParameterizedTest
    @ValueSource(doubles = {0.2, 0.33, 0.5, 1})
    void meanAndQuantiles(double busyShare) throws Exception {
        Bench.run(DRIVE, 64, bench -> {
            long[] latencies = new Experiment(bench, busyShare).run();
            double mean = Arrays.stream(latencies).average().orElseThrow();
            String where = "rho=" + busyShare;
            assertThat(mean).as(where).isCloseTo(READ + busyShare * PROGRAM / 2, withPercentage(3));
            double waiting = Arrays.stream(latencies)
                            .filter(nanos -> nanos > READ + PROGRAM / 1000)
                            .count()
                    / (double) READS;
            assertThat(waiting).as(where + ", share that waits").isCloseTo(busyShare, withPercentage(3));
            for (double q : new double[] {0.5, 0.9, 0.99, 0.999}) {
                if (q == 1 - busyShare) {
                    continue;
                }
                double expected = READ + Math.max(0, PROGRAM * (1 - (1 - q) / busyShare));
                assertThat(Bench.quantile(latencies, q)).as(where + ", q=" + q).isCloseTo(expected, withPercentage(3));
            }
        });
    }

    /** Programs one after the other with a pause between, and reads that come by the clock, not by the end of the last. */
    private static final class Experiment {
        private final Bench bench;
        private final long pause;
        private final long[] latencies = new long[READS];
        private final long[] arrivals = new long[64];
        private final SplittableRandom random = new SplittableRandom(7);
        private long nextArrival;
        private long nextWrite;
        private boolean writes;
        private int sector;
        private int came;
        private int ended;

        Experiment(Bench bench, double busyShare) {
            this.bench = bench;
            this.pause = Math.round(PROGRAM * (1 - busyShare) / busyShare);
        }

        long[] run() throws Exception {
            bench.write(0, bench.geometry.blockPpa(0, 0), 1);
            bench.drain();
            nextWrite = bench.now();
            schedule();
            while (ended < READS) {
                submit();
                long deadline =
                        Math.min(came < READS ? nextArrival : Long.MAX_VALUE, writes ? Long.MAX_VALUE : nextWrite);
                if (bench.next(deadline)) {
                    complete();
                }
            }
            return latencies;
        }

        private void submit() throws Exception {
            if (!writes && bench.now() >= nextWrite) {
                if (sector == bench.geometry.sectorsPerBlock()) {
                    bench.erase(WRITE_TAG - 1, bench.geometry.blockPpa(0, 1));
                    sector = 0;
                }
                bench.write(WRITE_TAG, bench.geometry.blockPpa(0, 1) + sector++, 1);
                writes = true;
            }
            if (came < READS && bench.now() >= nextArrival) {
                arrivals[came % arrivals.length] = nextArrival;
                bench.read(came++, bench.geometry.blockPpa(0, 0), 1);
                schedule();
            }
        }

        private void complete() {
            long tag = bench.completion.tag();
            if (tag >= 0) {
                latencies[ended++] = bench.now() - arrivals[(int) tag % arrivals.length];
            } else if (tag == WRITE_TAG) {
                writes = false;
                nextWrite = bench.now() + pause;
            }
        }

        private void schedule() {
            nextArrival += Math.round(-Math.log(1 - random.nextDouble()) * MEAN_INTERVAL);
        }
    }
}
