package io.ocssd.geometry.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.device.Timings;
import org.junit.jupiter.api.Test;

/** What figures are accepted, and what they come to. */
final class NandTimingTest {
    @Test
    void theSummaryIsTheMeanAndTheLongestOfTheKinds() {
        assertThat(NandTimings.WESTLAKE.summary())
                .isEqualTo(new Timings(56_000, 1_160_000, 3_000_000, 64_000, 1_470_000, 3_000_000));
        assertThat(NandTimings.TLC.summary())
                .isEqualTo(new Timings(50_000, 700_000, 4_000_000, 60_000, 700_000, 4_000_000));
        assertThat(NandTiming.flat(1, 2, 3).summary()).isEqualTo(new Timings(1, 2, 3));
    }

    @Test
    void everyKindOfPageNeedsAFigure() {
        assertThatThrownBy(() -> new CellTimes(
                        PageOrder.MLC_SHADOW, 4096, ImmutableLongArray.of(1), ImmutableLongArray.of(1, 2), 3))
                .hasMessageContaining("MLC_SHADOW has 2 read and 2 program times");
        assertThatThrownBy(() -> new CellTimes(
                        PageOrder.TLC_ONE_PASS, 4096, ImmutableLongArray.of(1, 2, 3), ImmutableLongArray.of(1, 2), 3))
                .hasMessageContaining("TLC_ONE_PASS has 3 read and 1 program times");
    }

    @Test
    void whatCanNotBeIsRefused() {
        assertThatThrownBy(() -> CellTimes.uniform(0, 1, 1, 1)).hasMessageContaining("pageBytes=0");
        assertThatThrownBy(() -> CellTimes.uniform(1, -1, 1, 1)).hasMessageContaining("readNanos=[-1]");
        assertThatThrownBy(() -> CellTimes.uniform(1, 1, -2, 1)).hasMessageContaining("programNanos=[-2]");
        assertThatThrownBy(() -> CellTimes.uniform(1, 1, 1, -3)).hasMessageContaining("eraseNanos=-3");
        assertThatThrownBy(() -> new BusTimes(1, 1, -1)).hasMessageContaining("statusNanos=-1");
        assertThatThrownBy(() -> new RegisterRules(true, -1, true)).hasMessageContaining("cacheReadNanos=-1");
        assertThatThrownBy(() -> new SuspendRules(SuspendRules.Who.ALL, 1, 1, 1, -1))
                .hasMessageContaining("most=-1");
        assertThatThrownBy(() -> new ControllerTimes(1, -1, 1)).hasMessageContaining("hostReadBytesPerSecond=-1");
    }
}
