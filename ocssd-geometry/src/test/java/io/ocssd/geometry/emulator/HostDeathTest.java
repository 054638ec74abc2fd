package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * {@code persist=host}: whenever the host dies, and whatever part of what was written had reached its disk in whatever order,
 * what completed is there, and nothing torn is taken for good. Trusted since it catches what is planted.
 */
final class HostDeathTest {
    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 10_000 : 200;
    private static final int SEEDS_TO_CATCH_A_BUG = 200;

    @Test
    void whatCompletedSurvivesTheDeathOfTheHost() throws Exception {
        Map<HostDeathLives.End, Integer> ends = new EnumMap<>(HostDeathLives.End.class);
        int restored = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            HostDeathLives lives = new HostDeathLives(seed, HostDeathBug.NONE);
            assertThat(lives.run()).isNull();
            lives.ends().forEach((end, times) -> ends.merge(end, times, Integer::sum));
            restored += lives.restored();
        }
        System.out.println(
                "lives of " + SEEDS + " images: " + ends + ", brought back from the journal " + restored + " times");
        assertThat(ends).containsOnlyKeys(HostDeathLives.End.values());
        assertThat(restored).isGreaterThan(SEEDS / 2);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedBugIsCaught(HostDeathBug bug) throws Exception {
        long seed = 0;
        while (seed < SEEDS_TO_CATCH_A_BUG && new HostDeathLives(seed, bug).run() == null) {
            seed++;
        }
        System.out.println("planted bug " + bug + " caught by seed " + seed);
        assertThat(seed).as("seeds until %s was caught", bug).isLessThan(SEEDS_TO_CATCH_A_BUG);
    }
}
