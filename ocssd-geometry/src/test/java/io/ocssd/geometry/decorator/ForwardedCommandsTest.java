package io.ocssd.geometry.decorator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Commands get their own tags back, whatever those look like. */
final class ForwardedCommandsTest {
    /** What the tag of a forwarded command looks like. */
    private static final long LOOKS_FORWARDED = 0x0DEC_0DEDL << 32;

    private static final int DEPTH = 4;

    @Test
    void everyCommandIsFoundAgain() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            for (int seed = 0; seed < 200; seed++) {
                // Completions come in any order.
                FlashDevice device = Ocssd.openDevice("mem:?profile=tiny&shuffle=" + seed, scheduler);
                use(device, seed);
                device.close();
            }
        }
    }

    private static void use(FlashDevice device, int seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        IoBuffer buffer = new IoBufferPool(device.geometry().sectorBytes(), 1).tryTake();
        IoQueue queue = device.openQueue(DEPTH);
        ForwardedCommands forwarded = new ForwardedCommands(queue);
        long[] tagOf = new long[forwarded.slots()];
        List<Integer> underWay = new ArrayList<>();
        IoCommand command = new IoCommand();
        Completion completion = new Completion();
        for (int step = 0; step < 200; step++) {
            if (random.nextBoolean()) {
                long tag = random.nextBoolean() ? LOOKS_FORWARDED | random.nextInt(DEPTH) : random.nextInt(DEPTH) - 1;
                int slot = forwarded.submit(command.read(buffer, 0)
                        .add(device.geometry().blockPpa(random.nextInt(4) * 16))
                        .tag(tag));
                assertThat(command.tag()).as("seed=%d step=%d", seed, step).isEqualTo(tag);
                if (underWay.size() == DEPTH) {
                    assertThat(slot).as("seed=%d step=%d", seed, step).isEqualTo(ForwardedCommands.NONE);
                    continue;
                }
                assertThat(underWay).as("seed=%d step=%d", seed, step).doesNotContain(slot);
                assertThat(forwarded.isLone(slot) && !underWay.isEmpty()).isFalse();
                underWay.add(slot);
                tagOf[slot] = tag;
            } else {
                int slot = forwarded.poll(completion);
                if (underWay.isEmpty()) {
                    assertThat(slot).as("seed=%d step=%d", seed, step).isEqualTo(ForwardedCommands.NONE);
                    continue;
                }
                assertThat(underWay).as("seed=%d step=%d", seed, step).contains(slot);
                assertThat(completion.tag()).as("seed=%d step=%d", seed, step).isEqualTo(tagOf[slot]);
                underWay.remove((Integer) slot);
            }
            assertThat(forwarded.count()).as("seed=%d step=%d", seed, step).isEqualTo(underWay.size());
        }
    }
}
