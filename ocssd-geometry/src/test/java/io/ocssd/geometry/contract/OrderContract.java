package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** In which order commands that are under way together take effect and complete. */
abstract class OrderContract extends Theme {
    private static final int DEPTH = 16;

    /** Waits for everything and returns the tags as they came. */
    private static List<Long> drain(IoQueue queue, int status) throws Exception {
        List<Long> tags = new ArrayList<>();
        Completion completion = new Completion();
        while (queue.inFlight() > 0) {
            queue.await(1, Long.MAX_VALUE);
            while (queue.poll(completion)) {
                assertThat(completion.status()).as("tag=%d", completion.tag()).isEqualTo(status);
                tags.add(completion.tag());
            }
        }
        return tags;
    }

    @ContractTest(needs = Trait.SEVERAL_UNITS)
    @Proves(Rule.ORDER_SAME_BLOCK)
    void writesOfABlockCompleteInTheOrderOfSubmission(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        IoCommand command = new IoCommand();
        for (int i = 0; i < 4; i++) {
            command.write(rig.out, 0).addRun(block + i * n, n).tag(i);
            assertThat(rig.queue.submit(command)).isTrue();
        }
        assertThat(rig.queue.inFlight()).isEqualTo(4);
        assertThat(drain(rig.queue, 0)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(rig.writePointer(block)).isEqualTo(4 * n);
    }

    @ContractTest(needs = Trait.SMALL_BLOCKS)
    @Proves(Rule.ORDER_SAME_BLOCK)
    void aWriteMayFollowTheEraseOfItsBlock(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int sectors = rig.geometry.sectorsPerBlock();
        IoCommand command = new IoCommand();
        rig.queue.submit(command.write(rig.out, 0).addRun(block, sectors).tag(0));
        rig.queue.submit(command.erase().add(block).tag(1));
        rig.queue.submit(command.write(rig.out, 0).addRun(block, sectors).tag(2));
        rig.queue.submit(command.read(rig.in, 0).addRun(block, sectors).tag(3));
        assertThat(drain(rig.queue, 0)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(rig.state(block)).isEqualTo(BlockState.CLOSED);
        assertThat(rig.device.counters().erases()).isEqualTo(1);
    }

    @ContractTest(needs = {Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS})
    @Proves(Rule.ORDER_SAME_BLOCK)
    void aVectorComesBehindWhatWasSubmittedToEachOfItsBlocks(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(rig.freeBlocks().size() - 1);
        int n = rig.limits.wsMin();
        IoCommand command = new IoCommand();
        rig.queue.submit(command.write(rig.out, 0).addRun(a, n).tag(0));
        rig.queue.submit(command.write(rig.out, 0).addRun(b, 2 * n).tag(1));
        command.write(rig.out, 0).addRun(a + n, n).addRun(b + 2 * n, n).tag(2);
        rig.queue.submit(command);
        rig.queue.submit(command.write(rig.out, 0).addRun(b + 3 * n, n).tag(3));
        List<Long> tags = drain(rig.queue, 0);
        assertThat(tags).containsExactlyInAnyOrder(0L, 1L, 2L, 3L);
        assertThat(tags.subList(2, 4)).containsExactly(2L, 3L);
        assertThat(rig.writePointer(a)).isEqualTo(2 * n);
        assertThat(rig.writePointer(b)).isEqualTo(4 * n);
    }

    @ContractTest(needs = {Trait.COPY, Trait.SEVERAL_BLOCKS, Trait.SEVERAL_UNITS, Trait.SMALL_BLOCKS})
    @Proves({Rule.ORDER_SAME_BLOCK, Rule.COPY_MOVES})
    void aCopyComesBehindItsSourceAndBeforeWhatFollowsItsDestination(Rig rig) throws Exception {
        long a = rig.freeBlock(0);
        long b = rig.freeBlock(rig.freeBlocks().size() - 1);
        int n = rig.limits.wsMin();
        int sectors = rig.geometry.sectorsPerBlock();
        IoCommand command = new IoCommand();
        rig.queue.submit(command.write(rig.out, 0).addRun(a, sectors).tag(0));
        command.copy().addRun(a, n);
        for (int i = 0; i < n; i++) {
            command.addDestination(b + i);
        }
        rig.queue.submit(command.tag(1));
        rig.queue.submit(command.write(rig.out, 0).addRun(b + n, n).tag(2));
        rig.queue.submit(command.erase().add(a).tag(3));
        drain(rig.queue, 0);
        assertThat(rig.writePointer(b)).isEqualTo(2 * n);
        assertThat(rig.state(a)).isEqualTo(BlockState.FREE);
    }

    @ContractTest(needs = Trait.SEVERAL_BLOCKS)
    @Proves(Rule.ORDER_FREE)
    void everyCommandCompletesOnceWhateverTheOrder(Rig rig) throws Exception {
        List<Long> blocks = rig.freeBlocks().subList(0, 6);
        for (long each : blocks) {
            rig.fill(each);
        }
        try (IoQueue queue = rig.device.openQueue(DEPTH)) {
            int submitted = 0;
            HashSet<Long> seen = new HashSet<>();
            Completion completion = new Completion();
            IoCommand command = new IoCommand();
            while (seen.size() < 200) {
                if (submitted < 200
                        && queue.submit(command.read(rig.in, 0)
                                .add(blocks.get(submitted % blocks.size()))
                                .tag(submitted))) {
                    submitted++;
                    continue;
                }
                queue.await(1 + submitted % 3, Long.MAX_VALUE);
                while (queue.poll(completion)) {
                    assertThat(completion.status()).isZero();
                    assertThat(seen.add(completion.tag()))
                            .as("tag=%d", completion.tag())
                            .isTrue();
                }
            }
            assertThat(queue.inFlight()).isZero();
        }
    }

    @ContractTest(needs = {Trait.SHUFFLES, Trait.SEVERAL_BLOCKS})
    @Proves(Rule.ORDER_FREE)
    void commandsToDifferentBlocksOvertakeEachOther(Rig rig) throws Exception {
        List<Long> blocks = rig.freeBlocks().subList(0, 6);
        for (long each : blocks) {
            rig.fill(each);
        }
        try (IoQueue queue = rig.device.openQueue(DEPTH)) {
            IoCommand command = new IoCommand();
            boolean overtaken = false;
            for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 12; i++) {
                    queue.submit(command.read(rig.in, 0).add(blocks.get(i % 6)).tag(i));
                }
                List<Long> tags = drain(queue, 0);
                overtaken |= !tags.equals(tags.stream().sorted().toList());
                for (long i = 0; i < 6; i++) {
                    assertThat(tags.indexOf(i)).as("%s", tags).isLessThan(tags.indexOf(i + 6));
                }
            }
            assertThat(overtaken).isTrue();
        }
    }
}
