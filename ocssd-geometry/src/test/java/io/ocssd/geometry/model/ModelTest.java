package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.planted.BugMemory;
import io.ocssd.geometry.planted.BuggyDevice;
import io.ocssd.geometry.planted.PlantedBug;
import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Drives of all shapes agree with the model, command by command, whatever is drawn; drives with a bug do not.
 *
 * <p>{@code -Docssd.model.first=278 -Docssd.model.histories=1} tells one history of each kind again.
 */
final class ModelTest {
    /** Per kind; together 200 in every run and 10,000 in a campaign. */
    private static final int HISTORIES =
            Integer.getInteger("ocssd.model.histories", Boolean.getBoolean("ocssd.campaign") ? 1_700 : 34);

    private static final int FIRST_SEED = Integer.getInteger("ocssd.model.first", 0);

    private static final int SEEDS_FOR_A_BUG = 200;

    @ParameterizedTest
    @EnumSource
    void theDriveAgreesWithTheModel(DrawnDrive.Kind kind) throws Exception {
        History.Statistics statistics = new History.Statistics();
        for (int seed = FIRST_SEED; seed < FIRST_SEED + HISTORIES; seed++) {
            new History(seed, kind, UnaryOperator.identity(), statistics).run();
        }
        System.out.println(HISTORIES + " histories " + kind + ": " + statistics);
    }

    @ParameterizedTest
    @EnumSource
    void aDeviceThatOnlyPassesOnAgrees(DrawnDrive.Kind kind) throws Exception {
        for (int seed = 0; seed < SEEDS_FOR_A_BUG / 10; seed++) {
            BugMemory memory = new BugMemory();
            UnaryOperator<FlashDevice> passingOn = device -> new BuggyDevice(device, null, memory);
            new History(seed, kind, passingOn, new History.Statistics()).run();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPlantedBugIsCaught(PlantedBug bug) throws Exception {
        int seed = 0;
        AssertionError caught = null;
        while (caught == null && seed < SEEDS_FOR_A_BUG) {
            caught = caughtBy(seed++, bug);
        }
        assertThat(caught).as("%s within %d seeds", bug, SEEDS_FOR_A_BUG).isNotNull();
        System.out.println("planted bug " + bug + " was caught by seed " + (seed - 1));
    }

    private static AssertionError caughtBy(int seed, PlantedBug bug) throws Exception {
        DrawnDrive.Kind kind = DrawnDrive.Kind.values()[seed % DrawnDrive.Kind.values().length];
        BugMemory memory = new BugMemory();
        try {
            new History(seed, kind, device -> new BuggyDevice(device, bug, memory), new History.Statistics()).run();
            return null;
        } catch (AssertionError e) {
            assertThat(e).as("the model judges, and names the seed").hasMessageContaining("seed=" + seed);
            return e;
        }
    }
}
