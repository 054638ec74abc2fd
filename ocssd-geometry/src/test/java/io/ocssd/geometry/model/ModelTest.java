package io.ocssd.geometry.model;

import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Drives of all shapes agree with the model, command by command, whatever is drawn. */
final class ModelTest {
    /** Per kind; together 200 in every run and 10,000 in a campaign. */
    private static final int HISTORIES = Boolean.getBoolean("ocssd.campaign") ? 2_500 : 50;

    @ParameterizedTest
    @EnumSource
    void theDriveAgreesWithTheModel(DrawnDrive.Kind kind) throws Exception {
        History.Statistics statistics = new History.Statistics();
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, kind, UnaryOperator.identity(), statistics).run();
        }
        System.out.println(HISTORIES + " histories " + kind + ": " + statistics);
    }
}
