package io.ocssd.ftl.storm;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Vblocks against a byte-array model under random append, sync, read, seal, erase and power cuts. */
class VblockStormProperties {
    /** Storms of one try: ten times as many in a campaign. */
    private static final int STORMS = Boolean.getBoolean("ocssd.campaign") ? 10 : 1;

    private static Path directory;
    private static VblockStorm.Tally tally = VblockStorm.Tally.NONE;

    @BeforeContainer
    static void open() throws Exception {
        directory = Files.createTempDirectory("ocssd-storm");
    }

    @AfterContainer
    static void close() throws Exception {
        Files.delete(directory);
        assertThat(tally.cuts()).as("power cuts that struck").isPositive();
        assertThat(tally.replacedBlocks()).as("blocks replaced").isPositive();
        assertThat(tally.scrubbedBlocks()).as("blocks scrubbed").isPositive();
    }

    /** A seed is all there is to a storm, so a failing one is run again as it is. */
    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void whatWasSyncedIsThereAndNothingElseIs(@ForAll long seed) throws Exception {
        for (long each = seed; each < seed + STORMS; each++) {
            tally = tally.plus(VblockStorm.run(each, directory));
        }
    }
}
