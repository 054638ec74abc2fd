package io.ocssd.ftl.storm;

import io.ocssd.device.BlockReport;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.DurabilityClass;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import io.ocssd.ftl.ForwardingDevice;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** A device that does not tell the truth in one point. */
final class LyingDevice extends ForwardingDevice {
    /** What about. */
    enum Lie {
        /** That it has capacitors. */
        PROTECTED,
        /** That its programs succeed. */
        ALL_PROGRAMS_SUCCEED,
        /** That nothing changed since it was asked first. */
        FIRST_REPORT,
        /** That it programmed what is no payload. */
        METADATA_DROPPED
    }

    private static final int ONE_IN = 16;

    private final Lie lie;
    private BlockReport first;
    private int programs;

    LyingDevice(FlashDevice device, Lie lie) {
        super(device);
        this.lie = lie;
    }

    @Override
    public DurabilityClass durability() {
        return lie == Lie.PROTECTED ? DurabilityClass.PROTECTED : super.durability();
    }

    @Override
    public BlockReport report() throws GoneException {
        if (lie != Lie.FIRST_REPORT) {
            return super.report();
        }
        if (first == null) {
            first = super.report();
        }
        return first;
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        IoQueue queue = super.openQueue(depth);
        return lie == Lie.ALL_PROGRAMS_SUCCEED || lie == Lie.METADATA_DROPPED ? new Queue(queue) : queue;
    }

    private final class Queue implements IoQueue {
        private final IoQueue queue;
        /** Tags of programs that were acknowledged and not done. */
        private final ArrayDeque<Long> dropped = new ArrayDeque<>();
        /** Tags of programs under way. */
        private final Set<Long> writes = new HashSet<>();

        Queue(IoQueue queue) {
            this.queue = queue;
        }

        @Override
        public int depth() {
            return queue.depth();
        }

        @Override
        public int inFlight() {
            return queue.inFlight() + dropped.size();
        }

        @Override
        public boolean submit(IoCommand command) throws GoneException {
            if (inFlight() == depth()) {
                return false;
            }
            boolean write = command.operation() == IoCommand.Operation.WRITE;
            boolean bookkeeping = write
                    && command.namesClasses()
                    && command.classBytes(ByteClass.PAYLOAD) == 0
                    && command.classBytes(ByteClass.METADATA) > 0;
            if (lie == Lie.METADATA_DROPPED && bookkeeping && programs++ % ONE_IN == ONE_IN - 1) {
                dropped.add(command.tag());
                return true;
            }
            long tag = command.tag();
            boolean taken = queue.submit(command);
            if (taken && write) {
                writes.add(tag);
            }
            return taken;
        }

        @Override
        public boolean poll(Completion completion) throws GoneException {
            Long tag = dropped.poll();
            if (tag != null) {
                completion.set(tag, NvmeStatus.SUCCESS, 0, 0);
                return true;
            }
            boolean there = queue.poll(completion);
            if (there && writes.remove(completion.tag()) && lie == Lie.ALL_PROGRAMS_SUCCEED) {
                completion.set(completion.tag(), NvmeStatus.SUCCESS, 0, 0);
            }
            return there;
        }

        @Override
        public int await(int min, long deadlineNanos) throws GoneException {
            return dropped.size() + queue.await(Math.max(0, min - dropped.size()), deadlineNanos);
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
