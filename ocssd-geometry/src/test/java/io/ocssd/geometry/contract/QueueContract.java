package io.ocssd.geometry.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Priority;
import io.ocssd.error.GoneException;

/** Queues: the contract of {@link IoQueue}. */
abstract class QueueContract extends Theme {
    @ContractTest
    void aFullQueueTakesNothingUntilACompletionWasPolled(Rig rig) throws Exception {
        IoCommand read = new IoCommand().read(rig.in, 0).add(rig.freeBlock(0));
        for (int i = 0; i < rig.queue.depth(); i++) {
            assertThat(rig.queue.submit(read)).isTrue();
        }
        assertThat(rig.queue.submit(read)).isFalse();
        assertThat(rig.queue.await(100, Long.MAX_VALUE)).isEqualTo(rig.queue.depth());
        assertThat(rig.queue.submit(read)).isFalse();
        assertThat(rig.queue.poll(new Completion())).isTrue();
        assertThat(rig.queue.submit(read)).isTrue();
        assertThat(rig.queue.submit(read)).isFalse();
    }

    @ContractTest
    void awaitWithNothingInFlightReturnsAtOnce(Rig rig) throws Exception {
        assertThat(rig.queue.await(1, Long.MAX_VALUE)).isZero();
        assertThat(rig.queue.poll(new Completion())).isFalse();
    }

    @ContractTest
    void aCommandIsFreeForTheNextOnceItIsSubmitted(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        IoCommand command = new IoCommand();
        rig.queue.submit(
                command.write(rig.out, 0).addRun(block, rig.limits.wsMin()).tag(7));
        command.erase().add(block).add(block).tag(8);
        rig.queue.await(1, Long.MAX_VALUE);
        Completion completion = new Completion();
        assertThat(rig.queue.poll(completion)).isTrue();
        assertThat(completion.tag()).isEqualTo(7);
        assertThat(completion.isSuccess()).isTrue();
        assertThat(rig.writePointer(block)).isEqualTo(rig.limits.wsMin());
    }

    @ContractTest(needs = Trait.SEVERAL_BLOCKS)
    void queuesHaveCompletionsOfTheirOwn(Rig rig) throws Exception {
        Completion completion = new Completion();
        try (IoQueue second = rig.device.openQueue(2)) {
            assertThat(second.depth()).isEqualTo(2);
            IoCommand command = new IoCommand();
            command.write(rig.out, 0).addRun(rig.freeBlock(0), rig.limits.wsMin());
            rig.queue.submit(command.tag(1));
            command.write(rig.out, 0).addRun(rig.freeBlock(5), rig.limits.wsMin());
            second.submit(command.tag(2));
            second.await(1, Long.MAX_VALUE);
            assertThat(second.poll(completion)).isTrue();
            assertThat(completion.tag()).isEqualTo(2);
            assertThat(second.poll(completion)).isFalse();
            assertThat(second.inFlight()).isZero();
            assertThat(rig.queue.inFlight()).isEqualTo(1);
        }
        rig.queue.await(1, Long.MAX_VALUE);
        assertThat(rig.queue.poll(completion)).isTrue();
        assertThat(completion.tag()).isEqualTo(1);
    }

    @ContractTest
    void closingAQueueWaitsForWhatIsInFlight(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        IoQueue second = rig.device.openQueue(1);
        second.submit(new IoCommand().write(rig.out, 0).addRun(block, rig.limits.wsMin()));
        second.close();
        second.close();
        assertThat(rig.writePointer(block)).isEqualTo(rig.limits.wsMin());
        assertThatThrownBy(() -> second.submit(new IoCommand().erase().add(block)))
                .isInstanceOf(IllegalStateException.class);
    }

    @ContractTest
    void anUrgentCommandDoesWhatAnyDoes(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.fill(block);
        IoCommand command = new IoCommand().read(rig.in, 0).add(block).priority(Priority.HIGH);
        assertThat(rig.execute(command)).isEqualTo(Rig.Outcome.SUCCESS);
        rig.assertData(0, block);
    }

    @ContractTest
    void misuseIsRefusedBeforeAnythingHappens(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        int n = rig.limits.wsMin();
        int bytes = n * rig.geometry.sectorBytes();
        IoBuffer small = new IoBufferPool(bytes - 1, 1).tryTake();
        IoCommand command = new IoCommand();
        assertMisuse(rig, command.write(rig.out, 0), "count=0");
        assertMisuse(rig, command.write(null, 0).addRun(block, n), "data=null");
        assertMisuse(rig, command.write(small, 0).addRun(block, n), "capacity=" + (bytes - 1));
        assertMisuse(rig, command.write(small, 0).range(block, n), "capacity=" + (bytes - 1));
        assertMisuse(rig, command.read(rig.in, rig.in.capacity() - bytes + 1).addRun(block, n), "offset=");
        assertMisuse(rig, command.read(rig.in, -1).addRun(block, n), "offset=-1");
        if (rig.geometry.oobBytes() > 0) {
            IoBuffer oob = new IoBufferPool(n * rig.geometry.oobBytes(), 1).tryTake();
            assertMisuse(rig, command.write(rig.out, 0).addRun(block, n).oob(oob, 1), "oob buffer");
        }
        assertMisuse(
                rig,
                command.write(rig.out, 0).addRun(block, n).count(ByteClass.PARITY, bytes + 1),
                "named=" + (bytes + 1));
        assertMisuse(rig, command.write(rig.out, 0).addRun(block, n).count(ByteClass.PARITY, -1), "parityBytes=-1");
        assertMisuse(rig, command.erase().add(block).count(ByteClass.PAYLOAD, 1), "named=1");
        assertMisuse(rig, command.copy().add(block), "destinations=0");
        assertMisuse(rig, command.append(rig.out, 0).add(block), "range");
        assertThatThrownBy(() -> rig.device.openQueue(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("depth=0");
        assertThatThrownBy(() -> rig.queue.await(-1, 0)).hasMessageContaining("min=-1");
        assertThat(rig.queue.inFlight()).isZero();
        assertThat(rig.device.counters().commands()).isZero();
    }

    private static void assertMisuse(Rig rig, IoCommand command, String says) {
        assertThatThrownBy(() -> rig.queue.submit(command))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(says);
    }

    @ContractTest
    void aClosedDeviceIsGone(Rig rig) throws Exception {
        long block = rig.freeBlock(0);
        rig.device.close();
        rig.device.close();
        assertThatThrownBy(() -> rig.queue.submit(new IoCommand().erase().add(block)))
                .isInstanceOf(GoneException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> rig.queue.poll(new Completion())).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.queue.await(1, Long.MAX_VALUE)).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.device.report()).isInstanceOf(GoneException.class);
        assertThatThrownBy(() -> rig.device.openQueue(1)).isInstanceOf(GoneException.class);
    }
}
