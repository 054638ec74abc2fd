package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Power cuts on flash with everything that the timing model has: what had completed is there, what had not is torn. */
final class TimedPowerCutTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 5_000 : 200;
    private static final String[] MOMENTS = {"before", "inside", "after"};

    @TempDir
    Path directory;

    @Test
    void whatCompletedSurvives() throws Exception {
        Map<CutWorkload.Trace, Integer> traces = new EnumMap<>(CutWorkload.Trace.class);
        for (int seed = 0; seed < SEEDS; seed++) {
            Path file = directory.resolve("drive.img");
            int cut = 1 + new SplittableRandom(seed).nextInt(150);
            String parameters = "&cut=" + cut + "&cutAt=" + MOMENTS[seed % MOMENTS.length] + "&cutSeed=" + seed
                    + "&timings=tlc&suspend=all&cacheProgram=on&shuffle=" + seed;
            int of = seed;
            try (Scheduler scheduler = Scheduler.simulated(seed)) {
                scheduler.run("cut", () -> {
                    try (CutWorkload workload = new CutWorkload(
                            scheduler, file, of, CutWorkload.SHAPES.get(0), CutLoss.RANDOM, parameters)) {
                        workload.untilCut();
                        workload.closeDevice();
                        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file, scheduler))) {
                            workload.check(rig);
                        }
                        workload.traces().forEach(each -> traces.merge(each, 1, Integer::sum));
                    }
                    return null;
                });
            }
            Files.delete(file);
        }
        System.out.println(SEEDS + " power cuts on modelled flash: " + traces);
        assertThat(traces.get(CutWorkload.Trace.WORK_IN_FLIGHT)).isGreaterThan(SEEDS / 2);
        assertThat(traces.keySet())
                .isEqualTo(EnumSet.complementOf(EnumSet.of(CutWorkload.Trace.LOST, CutWorkload.Trace.FREED)));
    }
}
