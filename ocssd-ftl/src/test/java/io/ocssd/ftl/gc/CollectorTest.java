package io.ocssd.ftl.gc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.gc.GcPolicies;
import io.ocssd.gc.GcShape;
import io.ocssd.gc.Pacer;
import io.ocssd.gc.Relocation;
import io.ocssd.policy.PolicyChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CollectorTest {
    private static final int PAGES = 4;
    private static final int UNITS = 3;

    private final Owner owner = new Owner();

    @Test
    void asksAboutEachPageInTurnAndErasesThen() throws IOException {
        Collector collector = collector("on-demand", 0);
        fill(collector, 3, 2, 4);

        assertThat(collector.makeRoom(0)).isTrue();

        assertThat(owner.calls)
                .containsExactly("relocate 1 0", "relocate 1 1", "relocate 1 2", "relocate 1 3", "erase 1");
        assertThat(collector.freeUnits()).isEqualTo(1);
        assertThat(collector.open(false)).isEqualTo(1);
    }

    @Test
    void asksNoMoreWhenAllIsDead() throws IOException {
        owner.allDeadFrom = 1;
        Collector collector = collector("on-demand", 0);
        fill(collector, 3, 2, 4);

        collector.makeRoom(0);

        assertThat(owner.calls).containsExactly("relocate 1 0", "relocate 1 1", "erase 1");
    }

    @Test
    void aPageThatCouldNotBeMovedIsAskedAboutAgain() throws IOException {
        owner.failing = "relocate 1 2";
        Collector collector = collector("on-demand", 0);
        fill(collector, 3, 2, 4);

        assertThatThrownBy(() -> collector.makeRoom(0)).isInstanceOf(IOException.class);
        collector.makeRoom(0);

        assertThat(owner.calls)
                .containsExactly(
                        "relocate 1 0", "relocate 1 1", "relocate 1 2", "relocate 1 2", "relocate 1 3", "erase 1");
    }

    @Test
    void anEraseThatFailedIsTriedAgain() throws IOException {
        owner.failing = "erase 1";
        owner.allDeadFrom = 0;
        Collector collector = collector("on-demand", 0);
        fill(collector, 3, 2, 4);

        assertThatThrownBy(() -> collector.makeRoom(0)).isInstanceOf(IOException.class);
        assertThat(collector.freeUnits()).isZero();
        collector.makeRoom(0);

        assertThat(owner.calls).containsExactly("relocate 1 0", "erase 1", "erase 1");
        assertThat(collector.freeUnits()).isEqualTo(1);
    }

    @Test
    void thePacerSpreadsItOverTheWrites() throws IOException {
        Collector collector = collector("ladder:steps=0,moves=1", 1);
        fill(collector, 3, 2);

        collector.pace(0);
        assertThat(owner.calls).containsExactly("relocate 1 0");
        collector.pace(1);
        // A page of a victim that dies is none of the policy's business any more.
        collector.pageDied(1, 0, 1);
        collector.pace(2);
        assertThat(owner.calls).hasSize(3);
        collector.pace(3);
        assertThat(owner.calls).endsWith("relocate 1 3", "erase 1");
        assertThat(collector.collections()).isEqualTo(1);
        assertThat(collector.freeAtCollections()).isEqualTo(1);
    }

    @Test
    void theLadderDoublesWithEachStepDown() {
        Pacer pacer = GcPolicies.pacer(PolicyChoice.parse("ladder:steps=2,moves=3"), new GcShape(8, 8, 1));
        assertThat(pacer.moves(9, 4)).isZero();
        assertThat(pacer.moves(7, 4)).isZero();
        assertThat(pacer.moves(6, 4)).isEqualTo(3);
        assertThat(pacer.moves(5, 4)).isEqualTo(6);
        assertThat(pacer.moves(4, 4)).isEqualTo(12);
        assertThat(pacer.moves(0, 1000)).isPositive();
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        Collector collector = collector("on-demand", 0);
        for (int unit = 0; unit < UNITS; unit++) {
            collector.open(false);
        }
        assertThat(collector.makeRoom(0)).isFalse();
        assertThatThrownBy(() -> collector.open(false)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> GcPolicies.victims(PolicyChoice.of("best"), new GcShape(1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(
                        "no victim policy has the name \"best\"; known: cost-age, cost-benefit, cost-idle,"
                                + " d-choices, fifo, greedy, random, windowed");
        assertThatThrownBy(() -> GcPolicies.pacer(PolicyChoice.parse("ladder:x=1"), new GcShape(1, 1, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no option \"x\"");
    }

    private Collector collector(String pacer, int reserve) {
        GcShape shape = new GcShape(UNITS, PAGES, 1);
        Collector collector = new Collector(
                UNITS,
                PAGES,
                reserve,
                GcPolicies.victims(PolicyChoice.of("greedy"), shape),
                GcPolicies.pacer(PolicyChoice.parse(pacer), shape),
                GcPolicies.wear(PolicyChoice.of("none"), shape),
                owner);
        for (int unit = 0; unit < UNITS; unit++) {
            collector.free(unit, 0);
        }
        return collector;
    }

    private static void fill(Collector collector, int... validPages) {
        for (int valid : validPages) {
            int unit = collector.open(false);
            collector.full(unit, valid, 0);
        }
    }

    /** Writes down what it is asked. */
    private static final class Owner implements Relocation {
        private final List<String> calls = new ArrayList<>();
        private int allDeadFrom = PAGES;
        private String failing = "";

        @Override
        public Fate relocate(int unit, int index) throws IOException {
            call("relocate " + unit + " " + index);
            return index >= allDeadFrom ? Fate.ALL_DEAD : Fate.MOVED;
        }

        @Override
        public long erase(int unit) throws IOException {
            call("erase " + unit);
            return 1;
        }

        private void call(String call) throws IOException {
            calls.add(call);
            if (call.equals(failing)) {
                failing = "";
                throw new IOException(call);
            }
        }
    }
}
