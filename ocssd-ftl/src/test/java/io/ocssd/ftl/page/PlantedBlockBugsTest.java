package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stories notice each planted bug within 200 seeds. */
final class PlantedBlockBugsTest {
    private static final int SEEDS = 200;

    @ParameterizedTest
    @EnumSource(PlantedBlockBug.class)
    void isNoticed(PlantedBlockBug bug) throws Exception {
        int seed = 0;
        String noticed = null;
        while (seed < SEEDS && noticed == null) {
            seed++;
            String shape = BlockDeviceProperties.SHAPES[seed % BlockDeviceProperties.SHAPES.length];
            try {
                BlockStory.run(shape, seed, bug.rules());
            } catch (AssertionError e) {
                noticed = e.getMessage();
            }
        }
        assertThat(noticed).as("%s was noticed within %d seeds", bug, SEEDS).isNotNull();
    }
}
