package io.ocssd.ftl.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Parts of a limit do not get in each other's way. */
final class OpenBlocksTest {
    @Test
    void aPartThatIsFullNeverTakesAnothersPlace() throws Exception {
        OpenBlocks whole = new OpenBlocks(9);
        OpenBlocks full = whole.part(4, 0);
        OpenBlocks other = whole.part(4, 0);
        assertThat(full.tryOpen(4)).isTrue();
        AtomicBoolean stop = new AtomicBoolean();
        Thread asking = new Thread(() -> {
            while (!stop.get()) {
                assertThat(full.tryOpen(1)).isFalse();
            }
        });
        asking.start();
        try {
            for (int i = 0; i < 200_000; i++) {
                assertThat(other.tryOpen(4)).as("attempt %d", i).isTrue();
                other.closed(4);
            }
        } finally {
            stop.set(true);
            asking.join();
        }
        assertThat(whole.open()).isEqualTo(4);
    }

    @Test
    void whatTheWholeRefusesThePartHasNotTaken() {
        OpenBlocks whole = new OpenBlocks(5);
        OpenBlocks part = whole.part(4, 0);
        assertThat(whole.tryOpen(3)).isTrue();
        assertThat(part.tryOpen(2)).isFalse();
        assertThat(part.open()).isZero();
        assertThat(whole.open()).isEqualTo(3);
        assertThat(part.tryOpen(1)).isTrue();
        assertThat(part.open()).isEqualTo(1);
        assertThat(whole.open()).isEqualTo(4);
    }
}
