package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Who waits for whom, against lists. */
final class BlockOrderProperties {
    @Property(tries = 300)
    void aCommandWaitsForTheLastOneOfEachOfItsBlocks(@ForAll long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int blocks = 1 + random.nextInt(random.nextBoolean() ? 8 : 2_000);
        BlockOrder order = new BlockOrder();
        // By block, in the order of entering; by command, its blocks.
        Map<Integer, List<TimedCommand>> lines = new HashMap<>();
        Map<TimedCommand, List<Integer>> entered = new HashMap<>();
        List<TimedCommand> ready = new ArrayList<>();
        for (int step = 0; step < 2_000; step++) {
            if (random.nextInt(2) == 0 || ready.isEmpty()) {
                TimedCommand command = new TimedCommand(null, null, null);
                List<Integer> own = new ArrayList<>();
                for (int i = 1 + random.nextInt(4); i > 0; i--) {
                    int block = random.nextInt(blocks) * 1_000;
                    order.enter(block, command);
                    if (!own.contains(block)) {
                        own.add(block);
                        lines.computeIfAbsent(block, key -> new ArrayList<>()).add(command);
                    }
                }
                entered.put(command, own);
                // The flash is done with everything at once: only order holds it back.
                command.flashDone = true;
                if (command.waitsFor == 0) {
                    ready.add(command);
                }
            } else {
                TimedCommand completed = ready.remove(random.nextInt(ready.size()));
                for (int block : entered.remove(completed)) {
                    assertThat(lines.get(block).remove(0)).as("seed=" + seed).isSameAs(completed);
                    order.leave(block, completed);
                }
                for (TimedCommand released; (released = order.release(completed)) != null; ) {
                    ready.add(released);
                }
            }
            for (TimedCommand each : ready) {
                for (int block : entered.get(each)) {
                    // Looked at very often: no description is made unless it is needed.
                    if (lines.get(block).get(0) != each) {
                        throw new AssertionError("seed=" + seed + ": ready before its turn, block=" + block);
                    }
                }
            }
            assertThat(ready.isEmpty() && !entered.isEmpty())
                    .as("seed=" + seed + ": all wait")
                    .isFalse();
        }
    }
}
