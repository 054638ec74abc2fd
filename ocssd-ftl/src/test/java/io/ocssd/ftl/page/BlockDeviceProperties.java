package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;

/** Block devices against a model, through power cuts, on drives of all kinds of shape. */
final class BlockDeviceProperties {
    static final String[] SHAPES = {
        "profile=tiny&blocks=9",
        // one LUN, everything readable at once
        "channels=1&luns=1&blocks=24&sectors=24&sectorBytes=4096&wsMin=1&wsOpt=4&mwCunits=0&factoryBad=1",
        // a page is four sectors
        "channels=2&luns=1&blocks=14&sectors=96&sectorBytes=1024&wsMin=2&wsOpt=4&mwCunits=8&factoryBad=1",
        "profile=zns-small&sectors=40",
    };

    private static final int SEEDS = Boolean.getBoolean("ocssd.campaign") ? 10_000 : 200;

    @Example
    void whatWasFlushedIsThereAfterACut() throws Exception {
        BlockStory.Outcome all = new BlockStory.Outcome(0, 0, 0, 0);
        for (int seed = 1; seed <= SEEDS; seed++) {
            PageRules rules = new ShortIntervals();
            all = all.plus(BlockStory.run(SHAPES[seed % SHAPES.length], seed, rules));
        }
        assertThat(all.cuts()).as("%s", all).isGreaterThan(SEEDS / 2);
        assertThat(all.moved()).as("%s", all).isGreaterThan(SEEDS);
        assertThat(all.replayed()).as("%s", all).isGreaterThan(SEEDS);
        assertThat(all.checkpoints()).as("%s", all).isGreaterThan(SEEDS / 2);
    }

    /** Checkpoints come more often than they would. */
    static class ShortIntervals extends PageRules {
        @Override
        long checkpointInterval(long chosen) {
            return 100;
        }
    }
}
