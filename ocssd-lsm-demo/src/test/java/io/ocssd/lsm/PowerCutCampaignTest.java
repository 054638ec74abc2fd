package io.ocssd.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.lsm.table.Levels;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PowerCutCampaignTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 2000 : 200;
    private static final int OPERATIONS = 250;

    @TempDir
    Path directory;

    @Test
    void nothingIsLostAndNothingComesBack() throws Exception {
        TestDrive drive = new TestDrive(directory, TestDrive.SMALL_VBLOCKS);
        drive.save();
        int withWorkInFlight = 0;
        List<String> wrong = new ArrayList<>();
        long start = System.nanoTime();
        for (long seed = 0; seed < SEEDS; seed++) {
            CrashRun run = new CrashRun(drive, seed, OPERATIONS, UnaryOperator.identity(), Levels::coversBelow);
            String found = run.run();
            if (found != null) {
                wrong.add(found);
            }
            withWorkInFlight += run.inFlight() > 1 ? 1 : 0;
            if (seed == 9) System.out.println("10 seeds " + (System.nanoTime() - start) / 1000000);
        }
        System.out.println("power cuts of the store: " + SEEDS + ", with other work in flight: " + withWorkInFlight);
        assertThat(wrong).isEmpty();
        assertThat(withWorkInFlight).isGreaterThanOrEqualTo(SEEDS / 2);
    }
}
