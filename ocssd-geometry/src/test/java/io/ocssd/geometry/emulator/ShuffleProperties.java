package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** {@code shuffle=SEED} on a drive without latency: which completions change places, and which never do. */
final class ShuffleProperties {
    private static final int COMMANDS = Boolean.getBoolean("ocssd.campaign") ? 1_000 : 60;
    private static final String SHAPE =
            "mem:?factoryBad=0&channels=2&luns=2&blocks=3&sectors=8&sectorBytes=512&oobBytes=0"
                    + "&wsMin=1&wsOpt=2&mwCunits=0";

    /** How a command ended, {@code number} counting from 0 in the order of submission. */
    private record Ended(long number, int status, long failed) {}

    /** What one run showed. */
    private record History(List<Set<Integer>> blocks, List<Ended> ended, String effects) {
        List<Ended> inOrder() {
            return ended.stream()
                    .sorted(Comparator.comparingLong(Ended::number))
                    .toList();
        }
    }

    @Property(tries = 200)
    void completionsArePermutedAndNothingElse(
            @ForAll long seed, @ForAll long workload, @ForAll @IntRange(min = 1, max = 40) int depth) throws Exception {
        History plain = run("", workload, depth);
        History shuffled = run("&shuffle=" + seed, workload, depth);
        String where = "shuffle=" + seed + ", workload=" + workload + ", depth=" + depth;
        assertThat(plain.ended()).as(where).isEqualTo(plain.inOrder());
        assertThat(shuffled.inOrder()).as(where + ", outcomes").isEqualTo(plain.ended());
        assertThat(shuffled.effects()).as(where + ", effects").isEqualTo(plain.effects());
        assertThat(run("&shuffle=" + seed, workload, depth).ended())
                .as(where + ", again")
                .isEqualTo(shuffled.ended());
        assertOrderWithinBlocks(shuffled, where);
    }

    private static void assertOrderWithinBlocks(History history, String where) {
        for (int later = 0; later < history.ended().size(); later++) {
            Ended last = history.ended().get(later);
            for (int earlier = 0; earlier < later; earlier++) {
                Ended before = history.ended().get(earlier);
                if (before.number() > last.number()) {
                    Set<Integer> common = new HashSet<>(history.blocks().get((int) before.number()));
                    common.retainAll(history.blocks().get((int) last.number()));
                    assertThat(common)
                            .as(where + ": " + before + " came before " + last + ", blocks of both")
                            .isEmpty();
                }
            }
        }
    }

    @Example
    void otherSeedsAndOtherQueuesGiveOtherOrders() throws Exception {
        Set<List<Ended>> orders = new HashSet<>();
        for (int seed = 0; seed < 10; seed++) {
            orders.add(run("&shuffle=" + seed, 1, 32).ended());
        }
        assertThat(orders).hasSize(10);
        try (FlashDevice device = Ocssd.openDevice(SHAPE + "&shuffle=1", Scheduler.real())) {
            assertThat(erasesOfTwelveBlocks(device)).isNotEqualTo(erasesOfTwelveBlocks(device));
        }
    }

    /** Each order of three commands to different blocks comes out, and about equally often. */
    @Example
    void everyOrderComesOut() throws Exception {
        int[] counts = new int[27];
        for (int seed = 0; seed < 600; seed++) {
            try (FlashDevice device = Ocssd.openDevice(SHAPE + "&shuffle=" + seed, Scheduler.real())) {
                List<Long> order = erases(device, 3);
                counts[(int) (9 * order.get(0) + 3 * order.get(1) + order.get(2))]++;
            }
        }
        assertThat(counts).satisfies(all -> {
            for (int order : new int[] {5, 7, 11, 15, 19, 21}) {
                assertThat(all[order]).as("order " + Integer.toString(order, 3)).isBetween(60, 140);
            }
        });
    }

    private static List<Long> erasesOfTwelveBlocks(FlashDevice device) throws Exception {
        return erases(device, 12);
    }

    private static List<Long> erases(FlashDevice device, int blocks) throws Exception {
        List<Long> order = new ArrayList<>();
        Completion completion = new Completion();
        IoCommand command = new IoCommand();
        try (IoQueue queue = device.openQueue(blocks)) {
            for (int block = 0; block < blocks; block++) {
                queue.submit(
                        command.erase().add(device.geometry().blockPpa(block)).tag(block));
            }
            assertThat(queue.await(blocks, Long.MAX_VALUE)).isEqualTo(blocks);
            while (queue.poll(completion)) {
                order.add(completion.tag());
            }
        }
        return order;
    }

    /** Reads, programs and erases of a few blocks each, polled in between now and then; good and bad ones. */
    private static History run(String how, long workload, int depth) throws Exception {
        SplittableRandom random = new SplittableRandom(workload);
        List<Set<Integer>> blocks = new ArrayList<>();
        List<Ended> ended = new ArrayList<>();
        IoBuffer buffer = new IoBufferPool(64 * 512, 1).tryTake();
        IoCommand command = new IoCommand();
        Completion completion = new Completion();
        try (FlashDevice device = Ocssd.openDevice(SHAPE + how, Scheduler.real())) {
            Geometry geometry = device.geometry();
            IoQueue queue = device.openQueue(depth);
            while (blocks.size() < COMMANDS) {
                if (queue.inFlight() == depth) {
                    assertThat(queue.submit(command.erase().add(0))).isFalse();
                }
                int polls = queue.inFlight() == depth ? 1 + random.nextInt(depth) : random.nextInt(8) / 6;
                while (polls-- > 0 && queue.poll(completion)) {
                    ended.add(new Ended(completion.tag(), completion.status(), completion.failedAddresses()));
                }
                if (queue.inFlight() < depth) {
                    blocks.add(fill(command, random, device.report(), geometry, buffer));
                    assertThat(queue.submit(command.tag(blocks.size() - 1))).isTrue();
                }
            }
            assertThat(queue.await(depth, Long.MAX_VALUE)).isEqualTo(queue.inFlight());
            while (queue.poll(completion)) {
                ended.add(new Ended(completion.tag(), completion.status(), completion.failedAddresses()));
            }
            assertThat(queue.inFlight()).isZero();
            StringBuilder effects = new StringBuilder();
            BlockReport report = device.report();
            for (int block = 0; block < geometry.blocks(); block++) {
                effects.append(report.state(block))
                        .append(report.writePointer(block))
                        .append('/')
                        .append(report.eraseCount(block))
                        .append(' ');
            }
            return new History(blocks, ended, effects.toString());
        }
    }

    private static Set<Integer> fill(
            IoCommand command, SplittableRandom random, BlockReport report, Geometry geometry, IoBuffer buffer) {
        switch (random.nextInt(4)) {
            case 0 -> command.erase();
            case 1 -> command.read(buffer, 0);
            default -> command.write(buffer, 0);
        }
        Set<Integer> touched = new HashSet<>();
        for (int runs = 1 + random.nextInt(3); runs > 0; runs--) {
            int block = random.nextInt(geometry.blocks());
            int first = Math.min(report.writePointer(block), geometry.sectorsPerBlock() - 1);
            touched.add(block);
            command.add(geometry.blockPpa(block) + first);
        }
        return touched;
    }
}
