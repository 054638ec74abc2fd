package io.ocssd.cli.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class LatenciesProperties {
    @Property(tries = 200)
    void percentilesAreThoseOfTheSortedValues(@ForAll long seed, @ForAll @IntRange(min = 1, max = 3000) int count) {
        SplittableRandom random = new SplittableRandom(seed);
        Latencies latencies = new Latencies();
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = random.nextLong(1L << random.nextInt(1, 44));
            latencies.record(values[i]);
        }
        Arrays.sort(values);
        assertThat(latencies.count()).isEqualTo(count);
        assertThat(latencies.minNanos()).isEqualTo(values[0]);
        assertThat(latencies.maxNanos()).isEqualTo(values[count - 1]);
        assertThat((double) latencies.meanNanos())
                .as("seed %d", seed)
                .isCloseTo(Arrays.stream(values).average().orElseThrow(), within(0.6));
        for (double percentile : new double[] {0.1, 50, 90, 99, 99.9, 99.99, 100}) {
            long exact = values[Math.max(0, (int) Math.ceil(percentile / 100 * count - 1e-9) - 1)];
            assertThat(latencies.percentileNanos(percentile))
                    .as("p%s of %d, seed %d", percentile, count, seed)
                    .isCloseTo(exact, within(1 + exact / 1000));
        }
    }

    @Property(tries = 100)
    void sharesOfNeighbouringRangesAddUp(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Latencies latencies = new Latencies();
        for (int i = 0; i < 1000; i++) {
            latencies.record(random.nextLong(1_000_000_000));
        }
        long sum = 0;
        long from = 0;
        while (from <= 900_000_000) {
            long to = from + 1 + random.nextLong(50_000_000);
            sum += latencies.countBetween(from, to);
            from = to;
        }
        sum += latencies.countBetween(from, Long.MAX_VALUE);
        assertThat(sum).as("seed %d", seed).isEqualTo(1000);
    }

    @Example
    void nothingIsZero() {
        Latencies latencies = new Latencies();
        assertThat(latencies.meanNanos()).isZero();
        assertThat(latencies.percentileNanos(99)).isZero();
        latencies.record(-5);
        assertThat(latencies.maxNanos()).isZero();
        assertThat(latencies.count()).isEqualTo(1);
    }
}
