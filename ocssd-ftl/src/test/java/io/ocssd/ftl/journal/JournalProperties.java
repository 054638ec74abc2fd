package io.ocssd.ftl.journal;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;

/** Journals against a model, on drives of all kinds of shape and both durability classes. */
final class JournalProperties {
    static final String[] SHAPES = {
        // two channels, two LUNs
        "profile=tiny&sectorBytes=512",
        "profile=tiny&sectorBytes=512&class=volatile-pairs",
        // nothing of an open block is ever readable, and every record fills its block
        "channels=2&luns=1&blocks=12&sectors=16&sectorBytes=4096&wsMin=2&wsOpt=4&mwCunits=24&factoryBad=0",
        "channels=2&luns=1&blocks=12&sectors=16&sectorBytes=4096&wsMin=2&wsOpt=4&mwCunits=24&factoryBad=0"
                + "&class=volatile-pairs",
        // blocks of a hundred units, a window that is no multiple of them
        "channels=1&luns=2&blocks=8&sectors=400&sectorBytes=512&wsMin=4&wsOpt=8&mwCunits=10&factoryBad=1",
        "channels=1&luns=2&blocks=8&sectors=400&sectorBytes=512&wsMin=4&wsOpt=8&mwCunits=10&factoryBad=1"
                + "&class=volatile-pairs",
        // zones
        "profile=zns-small&sectors=48&sectorBytes=512&factoryBad=1",
        "profile=zns-small&sectors=48&sectorBytes=512&factoryBad=1&class=volatile-pairs",
    };

    private static int stories;
    private static int cuts;

    @Provide
    Arbitrary<String> shapes() {
        return Arbitraries.of(SHAPES);
    }

    @Property(tries = 200, shrinking = ShrinkingMode.OFF)
    void whatWasAcknowledgedIsThereAndNothingElseIs(@ForAll("shapes") String shape, @ForAll long seed)
            throws Exception {
        for (int i = 0; i < (Boolean.getBoolean("ocssd.campaign") ? 10 : 1); i++) {
            stories++;
            cuts += JournalStory.run(shape, seed + i, JournalRules.STANDARD);
        }
    }

    @AfterContainer
    static void mostStoriesSawACut() {
        assertThat(cuts).isGreaterThan(stories / 2);
    }
}
