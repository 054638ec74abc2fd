package io.ocssd.cli.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class PaceProperties {
    @Property(tries = 20)
    void poissonArrivalsAreExponentiallyApart(@ForAll long seed, @ForAll @DoubleRange(min = 1, max = 1e6) double rate) {
        int count = 50_000;
        PoissonPace pace = new PoissonPace(0, rate, 1, new SplittableRandom(seed));
        double sum = 0;
        double squares = 0;
        int short1 = 0;
        long before = 0;
        for (int i = 0; i < count; i++) {
            pace.room(0, 0, 0);
            assertThat(pace.take(Long.MAX_VALUE)).isZero();
            double gap = (pace.arrivalNanos() - before) * rate / 1e9;
            before = pace.arrivalNanos();
            sum += gap;
            squares += gap * gap;
            short1 += gap < 1 ? 1 : 0;
        }
        // Mean 1, second moment 2, P(gap < 1) = 1 - 1/e; five standard deviations of each.
        assertThat(sum / count).as("seed %d", seed).isCloseTo(1, within(5 / Math.sqrt(count)));
        assertThat(squares / count).as("seed %d", seed).isCloseTo(2, within(5 * Math.sqrt(20.0 / count)));
        assertThat((double) short1 / count)
                .as("seed %d", seed)
                .isCloseTo(1 - 1 / Math.E, within(5 * Math.sqrt(0.2325 / count) + rate * 1e-9));
    }

    @Property(tries = 100)
    void poissonRoomsAreTakenInTurnAndNotBeforeTheArrival(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 20) int rooms) {
        PoissonPace pace = new PoissonPace(1000, 1e6, rooms, new SplittableRandom(seed));
        for (int i = 0; i < rooms; i++) {
            pace.room(i, 0, 0);
        }
        for (int i = 0; i < 5 * rooms; i++) {
            long arrival = pace.nextArrivalNanos();
            assertThat(pace.wakeNanos()).isEqualTo(arrival);
            assertThat(pace.take(arrival - 1)).isEqualTo(-1);
            assertThat(pace.take(arrival)).isEqualTo(i % rooms);
            assertThat(pace.arrivalNanos()).isEqualTo(arrival);
            pace.room(i % rooms, arrival, 5);
        }
    }

    private record Room(long due, long number, int lane) {}

    @Property(tries = 100)
    void closedRoomsComeByTimeThenInTurn(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int most,
            @ForAll @DoubleRange(min = 0.1, max = 1) double busy) {
        SplittableRandom random = new SplittableRandom(seed);
        ClosedPace pace = new ClosedPace(busy, most);
        List<Room> model = new ArrayList<>();
        long now = 0;
        for (int i = 0; i < 300; i++) {
            now += random.nextLong(20);
            if (model.size() < most && random.nextBoolean()) {
                long served = random.nextLong(100);
                pace.room(i, now, served);
                model.add(new Room(now + Math.round(served * ((1 - busy) / busy)), i, i));
            }
            model.sort(Comparator.comparingLong(Room::due).thenComparingLong(Room::number));
            boolean due = !model.isEmpty() && model.get(0).due() <= now;
            assertThat(pace.wakeNanos())
                    .as("seed %d", seed)
                    .isEqualTo(model.isEmpty() ? Pace.NEVER : model.get(0).due());
            assertThat(pace.take(now))
                    .as("seed %d", seed)
                    .isEqualTo(due ? model.remove(0).lane() : -1);
        }
    }

    @Property(tries = 50)
    void aPauseMakesTheFractionTrue(
            @ForAll @LongRange(min = 1000, max = 10_000_000) long served,
            @ForAll @DoubleRange(min = 0.01, max = 1) double busy) {
        ClosedPace pace = new ClosedPace(busy, 1);
        pace.room(0, served, served);
        assertThat(served / (double) pace.wakeNanos()).isCloseTo(busy, within(0.001));
    }
}
