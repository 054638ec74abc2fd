package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stories notice each planted bug within 200 seeds. */
final class PlantedJournalBugsTest {
    private static final int SEEDS = 200;

    @ParameterizedTest
    @EnumSource(PlantedJournalBug.class)
    void isNoticed(PlantedJournalBug bug) throws Exception {
        int seed = 0;
        String noticed = null;
        while (seed < SEEDS && noticed == null) {
            seed++;
            String shape = JournalProperties.SHAPES[seed % JournalProperties.SHAPES.length];
            try {
                JournalStory.run(shape, seed, bug.rules());
            } catch (AssertionError e) {
                noticed = e.getMessage();
            }
        }
        assertThat(noticed).as("%s was noticed within %d seeds", bug, SEEDS).isNotNull();
    }
}
