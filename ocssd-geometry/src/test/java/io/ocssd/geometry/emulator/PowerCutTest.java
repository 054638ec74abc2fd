package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Power cuts at random commands with several under way, on drives of several shapes and of both classes of durability, and
 * what the image shows to a fresh device: what was safe is there to the last byte, what was not is torn or lost within the
 * limits of {@link PowerCut}.
 */
final class PowerCutTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 5_000 : 200;

    @TempDir
    Path directory;

    private final Map<CutWorkload.Trace, Integer> traces = new EnumMap<>(CutWorkload.Trace.class);

    @Test
    void whatIsSafeSurvivesInVirtualTime() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            cutAndCheck(Scheduler.simulated(seed), seed, "");
        }
        System.out.println(SEEDS + " power cuts in virtual time: " + traces);
        assertThat(traces.get(CutWorkload.Trace.WORK_IN_FLIGHT)).isGreaterThan(SEEDS / 2);
        assertThat(traces).containsOnlyKeys(CutWorkload.Trace.values());
    }

    @Test
    void whatIsSafeSurvivesWithoutLatency() throws Exception {
        for (int seed = 0; seed < SEEDS; seed++) {
            cutAndCheck(Scheduler.real(), seed, "&timing=off");
        }
        System.out.println(SEEDS + " power cuts without latency: " + traces);
        assertThat(traces)
                .containsKeys(
                        CutWorkload.Trace.PARTLY_PROGRAMMED,
                        CutWorkload.Trace.HALF_ERASED,
                        CutWorkload.Trace.LOST,
                        CutWorkload.Trace.FREED);
    }

    @Test
    void whatIsSafeSurvivesOnAnImageThatSurvivesTheHost() throws Exception {
        int seeds = SEEDS / 8;
        for (int seed = 0; seed < seeds; seed++) {
            cutAndCheck(Scheduler.simulated(seed), seed, "&persist=host");
        }
        System.out.println(seeds + " power cuts with persist=host: " + traces);
        assertThat(traces)
                .containsKeys(
                        CutWorkload.Trace.PARTLY_PROGRAMMED, CutWorkload.Trace.HALF_ERASED, CutWorkload.Trace.LOST);
    }

    @Test
    void equalSeedsTearEqually() throws Exception {
        byte[][] images = new byte[3][];
        for (int i = 0; i < images.length; i++) {
            Path file = directory.resolve("drive" + i + ".img");
            int cutSeed = i < 2 ? 11 : 12;
            Scheduler scheduler = Scheduler.simulated(1);
            images[i] = scheduler.run("cut", () -> {
                try (CutWorkload workload = new CutWorkload(
                        scheduler, file, 6, CutWorkload.SHAPES.get(0), CutLoss.RANDOM, "&cut=40&cutSeed=" + cutSeed)) {
                    workload.untilCut();
                }
                return Files.readAllBytes(file);
            });
        }
        assertThat(Arrays.equals(images[0], images[1])).as("equal seeds").isTrue();
        assertThat(Arrays.equals(images[0], images[2])).as("another seed").isFalse();
    }

    private void cutAndCheck(Scheduler scheduler, int seed, String more) throws Exception {
        Path file = directory.resolve("drive.img");
        SplittableRandom random = new SplittableRandom(seed);
        int cut = 1 + random.nextInt(150);
        // Shapes and classes in turn; half of the cuts leave it to the seed what is lost.
        String shape = CutWorkload.SHAPES.get(seed % CutWorkload.SHAPES.size());
        String durability = seed / CutWorkload.SHAPES.size() % 2 == 0 ? "protected" : "volatile-pairs";
        CutLoss loss = random.nextBoolean() ? CutLoss.RANDOM : CutLoss.values()[random.nextInt(4)];
        String moment = CutMoment.values()[random.nextInt(3)].label();
        String opened = more.contains("persist=host") ? "?persist=host" : "";
        scheduler.run("cut", () -> {
            try (CutWorkload workload = new CutWorkload(
                    scheduler,
                    file,
                    seed,
                    shape,
                    loss,
                    "&class=" + durability + "&cut=" + cut + "&cutAt=" + moment + "&cutSeed=" + seed + more)) {
                workload.untilCut();
                workload.closeDevice();
                try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + opened, scheduler))) {
                    workload.check(rig);
                }
                workload.traces().forEach(each -> traces.merge(each, 1, Integer::sum));
            }
            return null;
        });
        Files.delete(file);
    }
}
