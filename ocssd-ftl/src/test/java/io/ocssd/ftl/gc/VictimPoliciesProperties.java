package io.ocssd.ftl.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.ftl.gc.Candidates.Candidate;
import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.VictimPolicy;
import io.ocssd.policy.PolicyChoice;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Each victim policy against a scan of all candidates that says the same in one line. */
final class VictimPoliciesProperties {
    private static final int RUNS = Boolean.getBoolean("ocssd.campaign") ? 200 : 4;

    /** What a policy should choose. */
    @FunctionalInterface
    private interface Twin {
        void check(List<Candidate> byAge, int chosen, long now, String where);
    }

    @Property(tries = 50)
    void greedyTakesTheFewestValidPagesAndOfEqualsTheLastToBecomeSo(@ForAll long seed) {
        against("greedy", seed, (byAge, chosen, now, where) -> {
            Candidate best = byAge.stream()
                    .min(Comparator.<Candidate>comparingInt(each -> each.valid)
                            .thenComparing(each -> each.change, Comparator.reverseOrder()))
                    .orElseThrow();
            assertThat(chosen).as(where).isEqualTo(best.unit);
        });
    }

    @Property(tries = 50)
    void fifoTakesTheOneFilledFirst(@ForAll long seed) {
        against(
                "fifo",
                seed,
                (byAge, chosen, now, where) -> assertThat(chosen).as(where).isEqualTo(byAge.get(0).unit));
    }

    @Property(tries = 50)
    void windowedGreedyTakesTheFewestValidPagesOfTheOldest(@ForAll long seed) {
        for (int percent : new int[] {1, 25, 60, 100}) {
            against("windowed:percent=" + percent, seed, (byAge, chosen, now, where) -> {
                List<Candidate> window = byAge.subList(0, Math.max(1, byAge.size() * percent / 100));
                int least = window.stream().mapToInt(each -> each.valid).min().orElseThrow();
                assertThat(window.stream().filter(each -> each.valid == least).map(each -> each.unit))
                        .as(where)
                        .contains(chosen);
            });
        }
    }

    @Property(tries = 50)
    void costBenefitTakesTheMostForItsAge(@ForAll long seed) {
        mostOf("cost-benefit", seed, 1, each -> each.filledAt);
    }

    @Property(tries = 50)
    void costAgeChargesReadingTwice(@ForAll long seed) {
        mostOf("cost-age", seed, 0, each -> each.filledAt);
    }

    @Property(tries = 50)
    void costIdleCountsFromTheLastDeath(@ForAll long seed) {
        mostOf("cost-idle", seed, 1, each -> each.changedAt);
    }

    @Property(tries = 50)
    void chanceTakesCandidatesOnly(@ForAll long seed) {
        for (String name : List.of("random", "d-choices:d=1", "d-choices:d=7")) {
            against(
                    name,
                    seed,
                    (byAge, chosen, now, where) -> assertThat(byAge.stream().map(each -> each.unit))
                            .as(where)
                            .contains(chosen));
        }
    }

    /** Of n units of which one is best, d draws find it with probability 1 - (1 - 1/n)^d; 5 deviations are allowed. */
    @Test
    void drawsAreFair() {
        int units = 10;
        for (int choices : new int[] {1, 2, 5, 20}) {
            VictimPolicy policy = policy("d-choices:d=" + choices, units, 32, 42);
            for (int unit = 0; unit < units; unit++) {
                policy.full(unit, 10 + unit, 0);
            }
            int draws = 20_000;
            int best = 0;
            for (int i = 0; i < draws; i++) {
                best += policy.choose(0) == 0 ? 1 : 0;
            }
            double expected = 1 - Math.pow(1 - 1.0 / units, choices);
            assertThat(Math.abs((double) best / draws - expected))
                    .as("d=%s, seed 42", choices)
                    .isLessThan(5 * Math.sqrt(expected * (1 - expected) / draws));
        }
    }

    @Test
    void withoutCandidatesThereIsNoVictim() {
        GcPolicies.victims()
                .forEach(each -> assertThat(
                                each.create(PolicyChoice.of(each.info().name()), new GcShape(3, 4, 1))
                                        .choose(0))
                        .as(each.info().name())
                        .isEqualTo(VictimPolicy.NONE));
    }

    /** Cost is u with {@code constant} 0 and 1 + u with 1; factors that all share do not matter. */
    private static void mostOf(String name, long seed, int constant, ToDoubleFunction<Candidate> since) {
        against(name, seed, (byAge, chosen, now, where) -> {
            ToDoubleFunction<Candidate> worth = each -> {
                double u = each.valid / (double) PAGES;
                double age = now - since.applyAsDouble(each) + 1;
                return u == 0 ? Double.POSITIVE_INFINITY : age * (1 - u) / (constant + u);
            };
            double most = byAge.stream().mapToDouble(worth).max().orElseThrow();
            Candidate victim = byAge.stream()
                    .filter(each -> each.unit == chosen)
                    .findFirst()
                    .orElseThrow();
            assertThat(worth.applyAsDouble(victim)).as(where).isGreaterThanOrEqualTo(most * (1 - 1e-12));
        });
    }

    private static final int PAGES = 6;

    private static void against(String name, long seed, Twin twin) {
        for (int run = 0; run < RUNS; run++) {
            against(name, seed + run, 1 + (int) ((seed + run) & 31), twin);
        }
    }

    private static void against(String name, long seed, int units, Twin twin) {
        SplittableRandom random = new SplittableRandom(seed);
        VictimPolicy policy = policy(name, units, PAGES, seed);
        Candidates candidates = new Candidates();
        boolean[] full = new boolean[units];
        long now = 0;
        for (int step = 0; step < 150; step++) {
            String where = name + ", seed " + seed + ", units " + units + ", step " + step;
            now += random.nextInt(3);
            int unit = random.nextInt(units);
            if (!full[unit]) {
                int valid = random.nextInt(PAGES + 1);
                full[unit] = true;
                policy.full(unit, valid, now);
                candidates.full(unit, valid, now);
            } else if (candidates.of(unit).valid > 0 && random.nextInt(3) > 0) {
                candidates.pageDied(unit, now);
                policy.pageDied(unit, candidates.of(unit).valid, now);
            } else {
                int victim = policy.choose(now);
                twin.check(candidates.list, victim, now, where);
                // Whoever chooses, the policy hears of it.
                int taken = random.nextInt(4) == 0 ? unit : victim;
                full[taken] = false;
                policy.taken(taken);
                candidates.taken(taken);
            }
        }
    }

    private static VictimPolicy policy(String name, int units, int pages, long seed) {
        return GcPolicies.victims(PolicyChoice.parse(name), new GcShape(units, pages, seed));
    }
}
