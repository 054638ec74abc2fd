package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Vblocks against byte arrays, on drives of all kinds of shape. */
final class VblockProperties {
    /** The last field is for the test alone: ws_opt / ws_min. */
    private static final String[] SHAPES = {
        // two channels, two LUNs, a window of two units
        "profile=tiny&sectorBytes=512|2",
        // one LUN, everything readable at once
        "channels=1&luns=1&blocks=12&sectors=24&sectorBytes=512&wsMin=1&wsOpt=4&mwCunits=0&factoryBad=1|4",
        // ws_min is ws_opt, a window that is no multiple of it
        "channels=1&luns=3&blocks=10&sectors=18&sectorBytes=1024&wsMin=2&wsOpt=2&mwCunits=5&factoryBad=2|1",
        // short last rows
        "channels=3&luns=1&blocks=9&sectors=44&sectorBytes=512&wsMin=4&wsOpt=8&mwCunits=24&factoryBad=1|2",
        // nothing of an open block is ever readable
        "channels=2&luns=3&blocks=8&sectors=16&sectorBytes=512&wsMin=2&wsOpt=6&mwCunits=64&factoryBad=0|3",
        // zones, more of them active than open
        "profile=zns-small&sectors=24&sectorBytes=512&factoryBad=1|8",
    };

    private static int stories;
    private static int cuts;

    @Provide
    Arbitrary<String> shapes() {
        return Arbitraries.of(SHAPES);
    }

    @Property(tries = 300, shrinking = ShrinkingMode.OFF)
    void storiesInVirtualTime(@ForAll("shapes") String shape, @ForAll long seed) throws Exception {
        live(shape, seed, true);
    }

    @Property(tries = 100, shrinking = ShrinkingMode.OFF)
    void storiesInRealTime(@ForAll("shapes") String shape, @ForAll long seed) throws Exception {
        live(shape, seed, false);
    }

    @AfterContainer
    static void mostStoriesSawACut() {
        assertThat(cuts).isGreaterThan(stories / 2);
    }

    private static void live(String shape, long seed, boolean simulated) throws Exception {
        for (int i = 0; i < (Boolean.getBoolean("ocssd.campaign") ? 20 : 1); i++) {
            stories++;
            cuts += VblockStory.run(shape, seed + i, simulated);
        }
    }
}
