package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Wear indexes, and what traits can't be. */
final class MediaTraitsTest {
    @Test
    void theWearIndexCountsAgainstTheEndurance() {
        MediaTraits media = new MediaTraits(0, 0, 0, 1000, 0);
        assertThat(media.wearsOut()).isTrue();
        assertThat(media.wearIndex(0)).isZero();
        assertThat(media.wearIndex(3)).isZero();
        assertThat(media.wearIndex(4)).isEqualTo(1);
        assertThat(media.wearIndex(500)).isEqualTo(127);
        assertThat(media.wearIndex(999)).isEqualTo(254);
        assertThat(media.wearIndex(1000)).isEqualTo(255);
        assertThat(media.wearIndex(Integer.MAX_VALUE)).isEqualTo(255);
    }

    @Test
    void whatNeverWearsOutCountsAgainst3000() {
        MediaTraits media = new MediaTraits(0, 0, 0, 0, 0);
        assertThat(media.wearsOut()).isFalse();
        assertThat(media.wearIndex(300)).isEqualTo(25);
        assertThat(media.wearIndex(3000)).isEqualTo(255);
        assertThat(media.wearIndex(9000)).isEqualTo(255);
    }

    @Test
    void whatTraitsCantBe() {
        assertThatThrownBy(() -> new MediaTraits(-1, 0, 0, 0, 0)).hasMessageContaining("factoryBad=-1");
        assertThatThrownBy(() -> new MediaTraits(0, -1, 0, 0, 0)).hasMessageContaining("randomBlocks=-1");
        assertThatThrownBy(() -> new MediaTraits(0, 0, -1, 0, 0)).hasMessageContaining("shortBlocks=-1");
        assertThatThrownBy(() -> new MediaTraits(0, 0, 0, -1, 0)).hasMessageContaining("endurance=-1");
        assertThatThrownBy(() -> new MediaTraits(0, 0, 0, 0, -1)).hasMessageContaining("wearThreshold=-1");
        assertThatThrownBy(() -> new MediaTraits(0, 0, 0, 0, 256)).hasMessageContaining("wearThreshold=256");
    }
}
