package io.ocssd.ftl.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.PageModelRequest;
import io.ocssd.policy.PolicyChoice;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The FTL against a map from pages to what was written there last, over units that check how they are used. */
final class PageFtlProperties {
    private static final int RUNS = Boolean.getBoolean("ocssd.campaign") ? 50 : 1;
    private static final String[] PACERS = {"on-demand", "ladder:steps=1,moves=2"};
    private static final String[] WEAR = {"none", "levelled:gap=2"};

    @Property(tries = 200)
    void whatWasWrittenLastIsThere(@ForAll long seed) throws IOException {
        for (int run = 0; run < RUNS; run++) {
            new Life(seed + run).run();
        }
    }

    @Example
    void pagesThatDoNotFitAreRefused() {
        assertThatThrownBy(
                        () -> new PageFtl(request(10, 8, 56, 1, 1, true, 1, "greedy", 0), new StrictUnits(10, 8, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("logicalPages=56 do not fit");
        assertThatThrownBy(
                        () -> new PageFtl(request(10, 8, 8, 2, 1, true, 1, "greedy", 0), new StrictUnits(10, 8, true)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reserveUnits=1 are fewer than the 2");
    }

    @Example
    void misuseIsRefused() {
        PageFtl ftl = new PageFtl(request(10, 8, 40, 1, 2, false, 2, "greedy", 0), new StrictUnits(10, 8, false));
        assertThatThrownBy(() -> ftl.write(40, 0, null)).hasMessageContaining("page=40");
        assertThatThrownBy(() -> ftl.write(-1, 0, null)).hasMessageContaining("page=-1");
        assertThatThrownBy(() -> ftl.write(0, 2, null)).hasMessageContaining("stream=2");
        assertThatThrownBy(() -> ftl.trim(40)).hasMessageContaining("page=40");
        assertThat(ftl.userPageWrites()).isZero();
    }

    /** An almost full drive goes on for ever, and what a failure interrupts is done again. */
    private static final class Life {
        private final SplittableRandom random;
        private final PageModelRequest request;
        private final StrictUnits units;
        private final PageFtl ftl;
        private final Map<Long, Long> model = new HashMap<>();
        private final Map<Long, Integer> streams = new HashMap<>();
        private final String where;
        private long version;

        Life(long seed) {
            this.random = new SplittableRandom(seed);
            int pages = 1 + random.nextInt(12);
            int stripes = 1 + random.nextInt(3);
            int streams = 1 + random.nextInt(2);
            boolean separate = random.nextBoolean();
            int reserve = streams * stripes + random.nextInt(2);
            int open = streams * stripes * (separate ? 2 : 1);
            int unitCount = reserve + open + 2 + random.nextInt(12);
            int logical = 1 + random.nextInt((unitCount - reserve - open) * pages - 1);
            List<String> names = GcPolicies.victims().stream()
                    .map(each -> each.info().name())
                    .toList();
            this.request = request(
                    unitCount,
                    pages,
                    random.nextBoolean() ? (unitCount - reserve - open) * pages - 1 : logical,
                    stripes,
                    streams,
                    separate,
                    reserve,
                    names.get(random.nextInt(names.size())),
                    seed);
            this.where = "seed " + seed + ", " + request;
            this.units = new StrictUnits(unitCount, pages, separate);
            this.ftl = new PageFtl(request, units);
        }

        void run() throws IOException {
            for (int step = 0; step < 400; step++) {
                long page = random.nextLong(request.logicalPages());
                if (random.nextInt(8) == 0) {
                    ftl.trim(page);
                    model.remove(page);
                } else {
                    int stream = random.nextInt(request.streams());
                    units.failSometimes(random.nextInt(20) == 0 ? random : null);
                    try {
                        ftl.write(page, stream, content(++version));
                        model.put(page, version);
                        streams.put(page, stream);
                    } catch (FailedOnPurpose e) {
                        // Nothing has changed for the user.
                    }
                }
                if (step % 16 == 0) {
                    check();
                }
            }
            check();
            assertThat(ftl.movedPages()).as(where).isEqualTo(units.moves);
        }

        private void check() {
            int[] valid = new int[request.shape().units()];
            Map<Integer, Integer> unitStreams = new HashMap<>();
            for (long page = 0; page < request.logicalPages(); page++) {
                int place = ftl.place(page);
                Long expected = model.get(page);
                if (expected == null) {
                    assertThat(place).as("%s: page %s", where, page).isEqualTo(PageMap.NOWHERE);
                } else {
                    int pages = request.shape().pagesPerUnit();
                    assertThat(units.owner(place / pages, place % pages))
                            .as("%s: page %s", where, page)
                            .isEqualTo(page);
                    assertThat(units.content(place / pages, place % pages))
                            .as("%s: page %s", where, page)
                            .isEqualTo(expected);
                    valid[place / pages]++;
                    Integer stream = streams.get(page);
                    assertThat(unitStreams.merge(place / pages, stream, (known, other) -> known))
                            .as("%s: stream of page %s", where, page)
                            .isEqualTo(stream);
                }
            }
            for (int unit = 0; unit < valid.length; unit++) {
                assertThat(ftl.validPages(unit)).as("%s: unit %s", where, unit).isEqualTo(valid[unit]);
            }
        }
    }

    private static ByteBuffer content(long version) {
        return ByteBuffer.allocate(Long.BYTES).putLong(0, version);
    }

    private static PageModelRequest request(
            int units,
            int pages,
            long logical,
            int stripes,
            int streams,
            boolean separate,
            int reserve,
            String victims,
            long seed) {
        return new PageModelRequest(
                new GcShape(units, pages, seed),
                logical,
                stripes,
                streams,
                separate,
                reserve,
                PolicyChoice.of(victims),
                PolicyChoice.parse(PACERS[(int) (seed & 1)]),
                PolicyChoice.parse(WEAR[(int) ((seed >> 1) & 1)]));
    }
}
