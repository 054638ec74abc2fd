package io.ocssd.ftl.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.placement.Placement;
import io.ocssd.policy.PolicyChoice;
import io.ocssd.vblock.Stream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What each placement prefers, and that it gives way where it can't have that. */
final class PlacementsTest {
    private final FakeLuns luns = new FakeLuns(4, 2);

    private static Placement placement(String choice) {
        return Placements.create(PolicyChoice.parse(choice));
    }

    private List<Integer> take(Placement placement, int width) {
        return luns.take(placement, Stream.DATA, width);
    }

    @Test
    void sixComeWithTheLibrary() {
        assertThat(Ocssd.placements())
                .extracting(each -> each.info().name())
                .contains("active-luns", "all-luns", "by-stream", "least-loaded", "one-channel", "wear-aware");
    }

    @Test
    void refusalsSayWhatIsPossible() {
        assertThatThrownBy(() -> placement("best"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("no placement has the name \"best\"; known: active-luns, all-luns, by-stream");
        assertThatThrownBy(() -> placement("all-luns:luns=3"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"all-luns\" has no option \"luns\"; it has none");
        assertThatThrownBy(() -> placement("active-luns:luns=0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("policy \"active-luns\": luns=0 is not in 1..65536");
    }

    @Test
    void allLunsComeInTurn() {
        Placement placement = placement("all-luns");
        assertThat(take(placement, 3)).containsExactly(0, 1, 2);
        assertThat(take(placement, 3)).containsExactly(3, 4, 5);
        luns.free[6] = 0;
        assertThat(take(placement, 3)).containsExactly(0, 1, 7);
    }

    @Test
    void wearAwareLevels() {
        Arrays.fill(luns.erases, 5);
        luns.erases[3] = 4;
        luns.open[0] = 1;
        Placement placement = placement("wear-aware");
        assertThat(take(placement, 2)).containsExactly(1, 3);
    }

    @Test
    void leastLoadedLooksForRoom() {
        Arrays.fill(luns.open, 1);
        luns.open[5] = 0;
        luns.free[2] = 20;
        assertThat(take(placement("least-loaded"), 2)).containsExactly(2, 5);
    }

    @Test
    void oneChannelGoesFromChannelToChannel() {
        Placement placement = placement("one-channel");
        assertThat(take(placement, 2)).containsExactly(0, 1);
        assertThat(take(placement, 1)).isSubsetOf(2, 3);
        assertThat(take(placement, 2)).containsExactly(4, 5);
        luns.free[6] = 0;
        assertThat(take(placement, 2)).as("channel 3 has one LUN left").containsExactly(0, 1);
    }

    @Test
    void wideVblocksTakeAsFewChannelsAsCanBe() {
        luns.free[0] = 0;
        assertThat(take(placement("one-channel"), 4)).containsExactly(2, 3, 4, 5);
        assertThat(take(placement("one-channel"), 7)).containsExactly(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void fewLunsAreActiveAndTheyRotate() {
        Placement placement = placement("active-luns:luns=2");
        Set<Integer> used = new HashSet<>();
        for (int round = 0; round < 40; round++) {
            List<Integer> chosen = take(placement, 1);
            assertThat(Arrays.stream(luns.open).filter(open -> open > 0).count())
                    .isLessThanOrEqualTo(2);
            used.addAll(chosen);
            if (round % 3 == 2) {
                Arrays.fill(luns.open, 0);
                Arrays.fill(luns.free, 10);
            }
        }
        assertThat(used).as("all come round").hasSize(8);
        assertThat(take(placement, 5)).as("a wide one needs what it needs").hasSize(5);
    }

    @Test
    void streamsHaveLunsOfTheirOwn() {
        Placement placement = placement("by-stream:log=2,gc=1");
        for (int round = 0; round < 5; round++) {
            assertThat(luns.take(placement, Stream.LOG, 1)).isSubsetOf(0, 1);
            assertThat(luns.take(placement, Stream.GC, 1)).containsExactly(2);
            assertThat(luns.take(placement, Stream.DATA, 2)).isSubsetOf(3, 4, 5, 6, 7);
            assertThat(luns.take(placement, Stream.METADATA, 1)).isSubsetOf(3, 4, 5, 6, 7);
        }
        assertThat(luns.take(placement, Stream.LOG, 3)).contains(0, 1);
        luns.free[2] = 0;
        assertThat(luns.take(placement, Stream.GC, 1)).doesNotContain(2);
    }

    @Test
    void withoutEnoughLunsStreamsShareThem() {
        FakeLuns two = new FakeLuns(1, 2);
        Placement placement = placement("by-stream:log=1,data=1");
        assertThat(two.take(placement, Stream.LOG, 1)).containsExactly(0);
        assertThat(two.take(placement, Stream.LOG, 1)).containsExactly(1);
    }
}
