package io.ocssd.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Power cuts at seeded commands of seeded runs of the whole store over the emulated drive. Goal: nothing that was
 * acknowledged is lost, nothing older comes back. The campaign itself is trusted because it finds planted bugs.
 */
class PowerCutCampaignTest {
    private static final boolean LONG = Boolean.getBoolean("ocssd.campaign");
    private static final int SEEDS = LONG ? 2000 : 200;
    private static final int SEEDS_OF_BUGS = 200;
    private static final int OPERATIONS = 400;

    @TempDir
    Path directory;

    private TestDrive drive;

    private void makeDrive(String shape) throws Exception {
        drive = new TestDrive(directory, shape);
        drive.save();
    }

    @ParameterizedTest
    @ValueSource(strings = {TestDrive.SMALL_VBLOCKS, TestDrive.SMALL_ZONES})
    void nothingIsLostAndNothingComesBack(String shape) throws Exception {
        makeDrive(shape);
        int withWorkInFlight = 0;
        int deep = 0;
        List<String> wrong = new ArrayList<>();
        for (long seed = 0; seed < SEEDS; seed++) {
            CrashRun run = new CrashRun(drive, seed, OPERATIONS, PlantedBug::none);
            String found = run.run();
            if (found != null) {
                wrong.add(found);
            }
            withWorkInFlight += run.inFlight() > 1 ? 1 : 0;
            deep += run.deepest() > 1 ? 1 : 0;
        }
        System.out.println("power cuts of the store on " + shape + ": " + SEEDS + ", with other commands in flight "
                + withWorkInFlight + ", with more than two levels " + deep);
        assertThat(wrong).isEmpty();
        assertThat(withWorkInFlight).isGreaterThanOrEqualTo(SEEDS / 2);
        assertThat(deep).isGreaterThanOrEqualTo(SEEDS / 2);
    }

    @Test
    void findsThatEntriesAreAcknowledgedBeforeTheSync() throws Exception {
        assertFound(PlantedBug::acknowledgedBeforeSync);
    }

    @Test
    void findsThatInputsAreErasedBeforeTheEdit() throws Exception {
        assertFound(PlantedBug::erasedBeforeEdit);
    }

    @Test
    void findsThatTheEditComesBeforeTheOutputs() throws Exception {
        assertFound(PlantedBug::editBeforeOutputs);
    }

    @Test
    void findsThatReplayBeginsTooFar() throws Exception {
        assertFound(PlantedBug::replayedFromTooFar);
    }

    @Test
    void findsThatDeletesAreDroppedTooEarly() throws Exception {
        assertFound(PlantedBug::deletesDroppedTooEarly);
    }

    private void assertFound(Supplier<PlantedBug> bug) throws Exception {
        makeDrive(TestDrive.SMALL_VBLOCKS);
        for (long seed = 0; seed < SEEDS_OF_BUGS; seed++) {
            String found = new CrashRun(drive, seed, OPERATIONS, bug).run();
            if (found != null) {
                System.out.println("planted bug found: " + found);
                return;
            }
        }
        assertThat(false)
                .as("the bug was not found in seeds 0 to %d", SEEDS_OF_BUGS - 1)
                .isTrue();
    }
}
