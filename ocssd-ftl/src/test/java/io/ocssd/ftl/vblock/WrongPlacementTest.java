package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.ftl.media.Media;
import io.ocssd.ftl.media.OpenBlocks;
import io.ocssd.placement.Placement;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A placement that somebody else wrote, and wrote wrongly, fails the allocation and costs nothing. */
final class WrongPlacementTest {
    private static final Placement SAME_LUN_TWICE = (stream, width, luns, chosen) -> Arrays.fill(chosen, 0);
    private static final Placement IN_TURN = (stream, width, luns, chosen) -> Arrays.setAll(chosen, place -> place);

    @Test
    void isRefusedAsOftenAsItChoosesAndTheNextAllocationGoesOn() throws Exception {
        try (Scheduler scheduler = Scheduler.real();
                FlashDevice device = Ocssd.openDevice("mem:?profile=tiny&factoryBad=0&maxOpen=6", scheduler)) {
            Media media = new Media(device, scheduler);
            OpenBlocks openBlocks = media.openBlocks().part(5, 0);
            AtomicReference<Placement> placement = new AtomicReference<>(SAME_LUN_TWICE);
            FlashVblocks vblocks = FlashVblocks.open(
                    media,
                    new VblockSpace(1, List.of(0, 1, 2, 3), Set.of(), 0, openBlocks),
                    new Ids(),
                    (stream, width, luns, chosen) -> placement.get().choose(stream, width, luns, chosen),
                    1 << 20,
                    false);
            int open = openBlocks.open();
            for (int i = 0; i < 10; i++) {
                assertThatThrownBy(() -> vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0)))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("chose [0, 0] of 4 LUNs");
            }
            assertThat(openBlocks.open()).isEqualTo(open);
            placement.set(IN_TURN);
            vblocks.allocate(new VblockRequest(Stream.DATA, 2, 0)).seal();
            assertThat(openBlocks.open()).isEqualTo(open);
            vblocks.close();
        }
    }

    private static final class Ids implements VblockIds {
        private final AtomicInteger last = new AtomicInteger();

        @Override
        public long next() {
            return last.incrementAndGet();
        }

        @Override
        public void seen(long id) {}
    }
}
