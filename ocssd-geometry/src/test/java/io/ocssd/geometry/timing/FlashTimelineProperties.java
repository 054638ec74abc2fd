package io.ocssd.geometry.timing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random figures, random shapes, random requests: what holds whatever they are. */
final class FlashTimelineProperties {
    private static final int TRIES = Boolean.getBoolean("ocssd.campaign") ? 20_000 : 300;
    private static final int REQUESTS = 120;

    /** What is known of a request. */
    private static final class Sent extends FlashRequest {
        private final int number;
        private final String where;
        private final List<Integer> luns = new ArrayList<>();
        private final long leastNanos;
        /** It was said that it would not finish before. */
        private long promisedNanos;

        private long finishedNanos = -1;

        Sent(int number, String where, long leastNanos) {
            this.number = number;
            this.where = where + ", request=" + number;
            this.leastNanos = leastNanos;
        }

        @Override
        protected void finished(long nanos) {
            assertThat(finishedNanos).as(where + " finished twice").isEqualTo(-1);
            assertThat(nanos).as(where + ", promised").isGreaterThanOrEqualTo(promisedNanos);
            assertThat(nanos).as(where + ", at least").isGreaterThanOrEqualTo(leastNanos);
            finishedNanos = nanos;
        }
    }

    /** One run: the same seed submits the same at the same times, however time is let pass in between. */
    private static final class Run {
        private final SplittableRandom random;
        private final String where;
        private final NandTiming timing;
        private final Geometry geometry;
        private final FlashTimeline timeline;
        private final List<Sent> sent = new ArrayList<>();
        private final boolean inSteps;
        private long now;

        Run(long seed, boolean inSteps) {
            this.random = new SplittableRandom(seed);
            this.inSteps = inSteps;
            this.timing = timing();
            this.geometry = new Geometry(1 + random.nextInt(3), 1 + random.nextInt(3), 2, 48, 4096, 0);
            Limits limits = new Limits(1, new int[] {1, 4, 6, 24}[random.nextInt(4)], 0, 0);
            this.where = "seed=" + seed + ", " + timing + ", " + geometry + ", " + limits;
            OptionalLong shuffle = random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(seed);
            this.timeline = new FlashTimeline(timing, geometry, limits, shuffle);
        }

        private NandTiming timing() {
            PageOrder order = PageOrder.values()[random.nextInt(PageOrder.values().length)];
            ImmutableLongArray reads = nanos(order.kinds(), 60);
            ImmutableLongArray programs = nanos(order.pagesPerProgram() > 1 ? 1 : order.kinds(), 500);
            CellTimes cells = new CellTimes(order, 8192, reads, programs, random.nextInt(2_000));
            // From a byte in 1/100 ns to one in 1/20: a sector in 40 to 200 ns.
            BusTimes bus = random.nextInt(6) == 0
                    ? BusTimes.NONE
                    : new BusTimes((20 + random.nextInt(80)) * 1_000_000_000L, random.nextInt(3), random.nextInt(3));
            RegisterRules registers = new RegisterRules(random.nextBoolean(), random.nextInt(20), random.nextBoolean());
            SuspendRules.Who who = SuspendRules.Who.values()[random.nextInt(3)];
            SuspendRules suspend =
                    new SuspendRules(who, random.nextInt(40), random.nextInt(90), random.nextInt(9), random.nextInt(4));
            return new NandTiming(
                    cells, bus, registers, suspend, new ControllerTimes(random.nextInt(9), rate(), rate()));
        }

        private ImmutableLongArray nanos(int count, int most) {
            return random.longs(count, 0, most)
                    .collect(
                            ImmutableLongArray::builder, ImmutableLongArray.Builder::add, (a, b) -> a.addAll(b.build()))
                    .build();
        }

        /** Of the host's link: none, or around that of a bus. */
        private long rate() {
            return random.nextBoolean() ? 0 : (10 + random.nextInt(300)) * 1_000_000_000L;
        }

        List<Sent> go() {
            for (int number = 0; number < REQUESTS; number++) {
                advance(now + random.nextInt(random.nextInt(4) == 0 ? 2_000 : 60));
                submit(number);
            }
            advance(now + 500_000_000);
            assertThat(timeline.nextNanos()).as(where).isEqualTo(Long.MAX_VALUE);
            assertThat(timeline.isElsewhere()).as(where).isFalse();
            for (Sent each : sent) {
                assertThat(each.finishedNanos).as(each.where).isNotNegative();
            }
            for (int lun = 0; lun < geometry.luns(); lun++) {
                assertThat(timeline.lunBusyNanos(lun, now)).as(where).isBetween(0L, now);
                assertThat(timeline.boundNanos(lun)).as(where).isEqualTo(Long.MAX_VALUE);
            }
            for (int channel = 0; channel < geometry.channels(); channel++) {
                assertThat(timeline.channelBusyNanos(channel, now)).as(where).isBetween(0L, now);
            }
            return sent;
        }

        private void advance(long to) {
            while (inSteps && timeline.nextNanos() < to) {
                timeline.advance(timeline.nextNanos());
                promise();
            }
            timeline.advance(to);
            now = to;
            promise();
        }

        /** Remembers what the timeline says of each request that has not finished. */
        private void promise() {
            if (timeline.isElsewhere()) {
                return;
            }
            for (Sent each : sent) {
                long bound = Long.MAX_VALUE;
                for (int lun : each.luns) {
                    bound = Math.min(bound, timeline.boundNanos(lun));
                }
                if (each.finishedNanos < 0 && bound < Long.MAX_VALUE) {
                    each.promisedNanos = Math.max(each.promisedNanos, bound);
                }
            }
        }

        private void submit(int number) {
            Sent request = new Sent(number, where, now + timing.controller().commandNanos());
            timeline.begin(request, random.nextInt(3) == 0, random.nextInt(5) == 0, now);
            for (int i = random.nextInt(4); i > 0; i--) {
                add(request);
            }
            timeline.submit();
            sent.add(request);
        }

        private void add(Sent request) {
            int lun = lun(request);
            int page = random.nextInt(timeline.layout().pagesPerBlock());
            int sectors = 1 + random.nextInt(timeline.layout().unitSectors());
            switch (random.nextInt(8)) {
                case 0 -> timeline.erase(lun);
                case 1 -> {
                    timeline.copyFrom(lun(request), page, sectors);
                    if (random.nextBoolean()) {
                        timeline.copyFrom(lun(request), page + 1, sectors);
                    }
                    timeline.copyTo(lun, page, sectors);
                }
                case 2, 3, 4 -> timeline.program(lun, page, sectors);
                default -> timeline.read(lun, page, sectors);
            }
        }

        private int lun(Sent request) {
            int lun = random.nextInt(geometry.luns());
            request.luns.add(lun);
            return lun;
        }
    }

    @Property(tries = 1)
    void everyRequestFinishesOnceAndNotBeforeItWasPromised() {
        for (long seed = 0; seed < TRIES; seed++) {
            new Run(seed, true).go();
        }
    }

    @Property(tries = 200)
    void howTimePassesInBetweenDoesNotMatter(@ForAll long seed) {
        List<Sent> inSteps = new Run(seed, true).go();
        List<Sent> inLeaps = new Run(seed, false).go();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(inLeaps.get(i).finishedNanos)
                    .as(inSteps.get(i).where + ", number=" + inSteps.get(i).number)
                    .isEqualTo(inSteps.get(i).finishedNanos);
        }
    }
}
