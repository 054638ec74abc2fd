package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.DurabilityClass;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Campaigns of {@link Storm}s: power cuts alone, and cuts with failing programs and erases at a hundred times the rates of real
 * flash. A campaign counts for something only since it finds each planted bug.
 */
final class StormTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 1_700 : 34;
    private static final int MOST_SEEDS_TO_FIND = 200;
    /** Of flash, about one program in 10^5 fails, one erase in 10^4, one read in 10^4 needs much correction. */
    private static final String FAULTS = "faults.early-close=0.1&faults.next-unit=0.1&faults.reset-fail=1"
            + "&faults.rules=high-ecc,prob=1,always=yes";

    @TempDir
    Path directory;

    @Test
    void power_cuts() {
        campaign("");
    }

    @Test
    void power_cuts_with_failing_flash() {
        campaign(FAULTS);
    }

    private void campaign(String faults) {
        Storm.Outcome sum = settings(faults, PlantedBug.NONE).parallelStream()
                .map(this::campaign)
                .reduce(new Storm.Outcome(0, 0, 0, 0, 0), Storm.Outcome::plus);
        System.out.println("storms" + (faults.isEmpty() ? "" : " with faults") + ": " + sum);
        assertThat(2 * sum.cutsWithWork())
                .as("cuts with unacknowledged work, %s", sum)
                .isGreaterThanOrEqualTo(sum.cuts());
    }

    private Storm.Outcome campaign(Storm.Setting setting) {
        Storm.Outcome sum = new Storm.Outcome(0, 0, 0, 0, 0);
        try {
            Path own = Files.createDirectories(directory.resolve(setting.shape() + "-" + setting.durability()));
            for (long seed = 1; seed <= SEEDS; seed++) {
                sum = sum.plus(Storm.run(setting, seed, own));
            }
        } catch (Exception e) {
            throw new AssertionError(setting + ": " + e, e);
        }
        return sum;
    }

    @Test
    void planted_bugs_are_found() {
        for (PlantedBug bug : PlantedBug.values()) {
            if (bug != PlantedBug.NONE) {
                System.out.println("planted " + bug + ": found by seed " + seedThatFinds(bug));
            }
        }
    }

    private long seedThatFinds(PlantedBug bug) {
        List<Storm.Setting> settings = new ArrayList<>(settings("", bug));
        settings.addAll(settings(FAULTS, bug));
        for (long seed = 1; seed <= MOST_SEEDS_TO_FIND; seed++) {
            Storm.Setting setting = settings.get((int) (seed % settings.size()));
            try {
                Storm.run(setting, seed, directory);
            } catch (AssertionError e) {
                return seed;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
        throw new AssertionError("no seed up to " + MOST_SEEDS_TO_FIND + " found " + bug);
    }

    private static List<Storm.Setting> settings(String faults, PlantedBug bug) {
        List<Storm.Setting> settings = new ArrayList<>();
        for (StormShape shape : StormShape.values()) {
            for (DurabilityClass durability : DurabilityClass.values()) {
                settings.add(new Storm.Setting(shape, durability, faults, bug));
            }
        }
        return settings;
    }
}
