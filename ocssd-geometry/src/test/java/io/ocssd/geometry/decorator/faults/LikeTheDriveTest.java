package io.ocssd.geometry.decorator.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.geometry.decorator.faults.TwinDrives.Statistics;
import io.ocssd.scheduler.Scheduler;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A drive with faults beside one without, drawn alike: what meets no fault is answered alike, to the status and the bit, and
 * what meets one is answered as the plan says.
 */
final class LikeTheDriveTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 50_000 : 500;

    @Test
    void aFaultIsMetOnlyWhereTheDriveWouldAccept() throws Exception {
        Statistics statistics = new Statistics();
        for (int seed = 0; seed < SEEDS; seed++) {
            run(seed, statistics);
        }
        System.out.println(SEEDS + " pairs of drives: " + statistics);
        assertThat(statistics.refused).as("commands that both refuse").isGreaterThan(SEEDS / 10);
        assertThat(statistics.struck).as("commands that meet a fault").isGreaterThan(SEEDS / 5);
        assertThat(statistics.splits).as("units lost in the middle").isGreaterThan(SEEDS / 50);
        assertThat(statistics.damaged).as("commands to damaged blocks").isGreaterThan(SEEDS / 10);
    }

    private static void run(int seed, Statistics statistics) {
        try (Scheduler scheduler = seed % 4 == 0 ? Scheduler.simulated(seed) : Scheduler.real()) {
            scheduler.run("twins", () -> {
                SplittableRandom random = new SplittableRandom(seed);
                String shape = TwinDrives.shape(random);
                try (TwinDrives twins = new TwinDrives(shape, random, scheduler, statistics)) {
                    twins.prepare();
                    for (int i = 0; i < 6 && twins.compareOne(); i++) {
                        // Both are still alike.
                    }
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed=" + seed + ", shape=" + shape, e);
                }
                return null;
            });
        } catch (Exception e) {
            throw new AssertionError("seed=" + seed, e);
        }
    }
}
