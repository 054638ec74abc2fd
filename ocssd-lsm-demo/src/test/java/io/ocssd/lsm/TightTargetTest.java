package io.ocssd.lsm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.error.NoSpaceException;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import io.ocssd.target.Drive;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets that allow little: the store makes do, or says no, and never hangs. */
@Timeout(60)
class TightTargetTest {
    private static final String SHAPE = "profile=tiny&blocks=40&sectors=32&factoryBad=0";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {7, 9, 13})
    void fewOpenBlocksMakeTheStoreNarrower(int maxOpen) throws Exception {
        TestDrive drive = new TestDrive(directory, SHAPE + "&maxOpen=" + maxOpen);
        try (Scheduler scheduler = Scheduler.simulated(maxOpen)) {
            scheduler.run("few", () -> {
                try (Drive opened = drive.open(scheduler, "");
                        KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
                    for (int i = 0; i < 2000; i++) {
                        store.put(("key" + i % 300).getBytes(UTF_8), new byte[1000]);
                    }
                    store.settle();
                    assertThat(store.stats().flushes()).isPositive();
                    assertThat(store.check().findings()).isEmpty();
                }
                return null;
            });
        }
    }

    @Test
    void fiveOpenBlocksAreTheFewest() throws Exception {
        TestDrive drive = new TestDrive(directory, SHAPE + "&maxOpen=5");
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("fewest", () -> {
                try (Drive opened = drive.open(scheduler, "")) {
                    // Four, one of them the journal's, and one for the label; two LUNs wide would leave one writer, the
                    // store
                    // needs three.
                    assertThat(TestDrive.kv(opened).vblocks().maxWriters(1)).isEqualTo(3);
                    assertThat(TestDrive.kv(opened).vblocks().maxWriters(2)).isEqualTo(1);
                    try (KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
                        store.put("key".getBytes(UTF_8), new byte[1]);
                        store.settle();
                    }
                }
                return null;
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {9_950, 11_900, 14_000})
    void valuesNearTheLimitFillTheDriveAndEndInNoSpace(int valueBytes) throws Exception {
        TestDrive drive = new TestDrive(directory, TestDrive.SMALL_VBLOCKS);
        try (Scheduler scheduler = Scheduler.simulated(valueBytes)) {
            scheduler.run("large values", () -> {
                try (Drive opened = drive.open(scheduler, "");
                        KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults())) {
                    SplittableRandom random = new SplittableRandom(valueBytes);
                    assertThatThrownBy(() -> {
                                for (int i = 0; i < 10_000; i++) {
                                    store.put(("key" + random.nextInt(1000)).getBytes(UTF_8), new byte[valueBytes]);
                                }
                            })
                            .isInstanceOf(NoSpaceException.class);
                    assertThat(store.check().findings()).isEmpty();
                }
                return null;
            });
        }
    }

    @Test
    void settleEndsWhenTheStoreIsClosedMeanwhile() throws Exception {
        for (int seed = 0; seed < 20; seed++) {
            int current = seed;
            TestDrive drive = new TestDrive(directory, TestDrive.SMALL_VBLOCKS);
            try (Scheduler scheduler = Scheduler.simulated(seed)) {
                scheduler.run("settle", () -> {
                    try (Drive opened = drive.open(scheduler, "")) {
                        KvStore store = KvStore.open(TestDrive.kv(opened), scheduler, KvOptions.defaults());
                        for (int i = 0; i < 200; i++) {
                            store.put(("key" + i).getBytes(UTF_8), new byte[500]);
                        }
                        Task settling = scheduler.spawn("settling", store::settle);
                        scheduler.sleepUntil(scheduler.nanoTime() + 300_000L * current);
                        store.close();
                        try {
                            settling.join();
                        } catch (IllegalStateException e) {
                            assertThat(e).as("seed=" + current).hasMessageContaining("closed");
                        }
                    }
                    return null;
                });
            }
        }
    }
}
