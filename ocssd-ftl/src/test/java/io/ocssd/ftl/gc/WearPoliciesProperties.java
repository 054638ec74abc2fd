package io.ocssd.ftl.gc;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.WearPolicy;
import io.ocssd.policy.PolicyChoice;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Wear policies against plain lists. */
final class WearPoliciesProperties {
    private static final int UNITS = 20;
    private static final int GAP = 3;

    @Property(tries = 50)
    void levelledTakesByErasesAndNamesWhatLagsBehind(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WearPolicy policy = GcPolicies.wear(PolicyChoice.parse("levelled:gap=" + GAP), new GcShape(UNITS, 8, seed));
        long[] erases = new long[UNITS];
        List<Integer> free = new ArrayList<>();
        List<Integer> full = new ArrayList<>();
        for (int unit = 0; unit < UNITS; unit++) {
            policy.free(unit, 0);
            free.add(unit);
        }
        long most = 0;
        for (int step = 0; step < 300; step++) {
            String where = "seed " + seed + ", step " + step;
            if (!free.isEmpty() && random.nextBoolean()) {
                boolean relocated = random.nextBoolean();
                int unit = policy.take(relocated);
                long wanted = relocated
                        ? free.stream().mapToLong(each -> erases[each]).max().orElseThrow()
                        : free.stream().mapToLong(each -> erases[each]).min().orElseThrow();
                assertThat(free).as(where).contains(unit);
                assertThat(erases[unit]).as(where).isEqualTo(wanted);
                free.remove(Integer.valueOf(unit));
                policy.full(unit);
                full.add(unit);
            } else if (!full.isEmpty()) {
                long least = full.stream().mapToLong(each -> erases[each]).min().orElseThrow();
                int named = policy.victim();
                if (most - least > GAP) {
                    assertThat(full).as(where).contains(named);
                    assertThat(erases[named]).as(where).isEqualTo(least);
                } else {
                    assertThat(named).as(where).isEqualTo(WearPolicy.NONE);
                }
                int taken = named != WearPolicy.NONE && random.nextBoolean()
                        ? named
                        : full.get(random.nextInt(full.size()));
                policy.taken(taken);
                full.remove(Integer.valueOf(taken));
                erases[taken]++;
                most = Math.max(most, erases[taken]);
                policy.free(taken, erases[taken]);
                free.add(taken);
            }
        }
    }

    @Property(tries = 20)
    void noneGivesFreeUnitsInTurn(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        WearPolicy policy = GcPolicies.wear(PolicyChoice.of("none"), new GcShape(UNITS, 8, seed));
        List<Integer> free = new ArrayList<>();
        List<Integer> taken = new ArrayList<>();
        for (int unit = 0; unit < UNITS; unit++) {
            policy.free(unit, random.nextInt(9));
            free.add(unit);
        }
        for (int step = 0; step < 100; step++) {
            if (!free.isEmpty() && random.nextBoolean()) {
                assertThat(policy.take(random.nextBoolean()))
                        .as("seed %s, step %s", seed, step)
                        .isEqualTo(free.get(0));
                taken.add(free.remove(0));
            } else if (!taken.isEmpty()) {
                int unit = taken.remove(random.nextInt(taken.size()));
                policy.free(unit, step);
                free.add(unit);
            }
            assertThat(policy.victim()).isEqualTo(WearPolicy.NONE);
        }
    }
}
