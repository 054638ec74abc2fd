package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Commands of all kinds and priorities on timed drives: each completes once, and those that share a block in order. */
final class QueueOrderProperties {
    private static final int COMMANDS = Boolean.getBoolean("ocssd.campaign") ? 5_000 : 400;
    private static final String[] TIMINGS = {"westlake", "tlc", "z-nand", "planar-tlc", "tiny"};

    @Property(tries = 100)
    void commandsThatShareABlockCompleteInOrder(@ForAll long seed) throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(seed)) {
            scheduler.run("order", () -> {
                new Run(scheduler, seed).go();
                return null;
            });
        }
    }

    private static final class Run {
        private final SplittableRandom random;
        private final String where;
        private final FlashDevice device;
        private final IoQueue queue;
        private final IoBuffer buffer = new IoBufferPool(64 * 512, 1).tryTake();
        private final IoCommand command = new IoCommand();
        private final Completion completion = new Completion();
        private final Scheduler scheduler;
        /** By block: the commands that touch it and have not completed, in the order of submission. */
        private final Map<Long, List<Long>> underWay = new HashMap<>();

        private final Map<Long, List<Long>> blocksOf = new HashMap<>();

        Run(Scheduler scheduler, long seed) throws Exception {
            this.scheduler = scheduler;
            this.random = new SplittableRandom(seed);
            String uri = "mem:?profile=tiny&sectorBytes=512&oobBytes=0&payload=off&timings="
                    + TIMINGS[random.nextInt(TIMINGS.length)] + "&suspend="
                    + new String[] {"off", "high", "all"}[random.nextInt(3)]
                    + (random.nextBoolean() ? "&cacheProgram=on" : "")
                    + (random.nextBoolean() ? "&shuffle=" + seed : "");
            this.where = "seed=" + seed + ", " + uri;
            this.device = Ocssd.openDevice(uri, scheduler);
            this.queue = device.openQueue(1 + random.nextInt(60));
        }

        void go() throws Exception {
            for (long tag = 0; tag < COMMANDS; tag++) {
                while (queue.inFlight() == queue.depth() || (random.nextInt(3) == 0 && queue.inFlight() > 0)) {
                    queue.await(1 + random.nextInt(queue.inFlight()), deadline());
                    collect();
                }
                submit(tag);
            }
            while (queue.inFlight() > 0) {
                assertThat(queue.await(1, Long.MAX_VALUE)).as(where).isPositive();
                collect();
            }
            assertThat(blocksOf).as(where).isEmpty();
            queue.close();
            device.close();
        }

        private long deadline() {
            return random.nextBoolean() ? Long.MAX_VALUE : scheduler.nanoTime() + random.nextInt(200_000);
        }

        private void submit(long tag) throws Exception {
            List<Long> blocks = new ArrayList<>();
            switch (random.nextInt(4)) {
                case 0 -> command.erase();
                case 1 -> command.write(buffer, 0);
                default -> command.read(buffer, 0);
            }
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                long block = device.geometry().blockPpa(random.nextInt(4), random.nextInt(3));
                command.add(Ppa.withSector(block, random.nextInt(32)));
                if (!blocks.contains(block)) {
                    blocks.add(block);
                }
            }
            command.priority(random.nextInt(3) == 0 ? Priority.HIGH : Priority.NORMAL);
            assertThat(queue.submit(command.tag(tag))).as(where).isTrue();
            blocksOf.put(tag, blocks);
            for (long block : blocks) {
                underWay.computeIfAbsent(block, key -> new ArrayList<>()).add(tag);
            }
        }

        private void collect() throws Exception {
            while (queue.poll(completion)) {
                long tag = completion.tag();
                List<Long> blocks = blocksOf.remove(tag);
                assertThat(blocks).as(where + ", tag=" + tag).isNotNull();
                for (long block : blocks) {
                    assertThat(underWay.get(block).remove(0))
                            .as(where + ", block=" + Ppa.toString(block))
                            .isEqualTo(tag);
                }
            }
        }
    }
}
