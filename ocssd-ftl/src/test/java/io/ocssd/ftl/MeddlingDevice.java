package io.ocssd.ftl;

import io.ocssd.device.BlockReport;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.NvmeStatus;
import io.ocssd.error.GoneException;
import java.util.ArrayDeque;
import java.util.function.Consumer;

/** A device that asks a test before each command what shall become of it. For the real scheduler. */
public final class MeddlingDevice extends ForwardingDevice {
    /** Decides over commands. */
    @FunctionalInterface
    public interface Meddler {
        /**
         * A command is about to be submitted.
         *
         * @return the status it fails with, or 0 to let it through
         */
        int before(IoCommand command);
    }

    private volatile boolean staysOpen;
    private volatile Meddler meddler = command -> 0;
    private volatile Consumer<BlockReport> reportEditor = report -> {};

    public MeddlingDevice(FlashDevice device) {
        super(device);
    }

    /** From now on. */
    public void meddle(Meddler newMeddler) {
        meddler = newMeddler;
    }

    /** From now on, reports are changed like this. */
    public void editReports(Consumer<BlockReport> newEditor) {
        reportEditor = newEditor;
    }

    @Override
    public BlockReport report() throws GoneException {
        BlockReport report = super.report();
        reportEditor.accept(report);
        return report;
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return new Queue(super.openQueue(depth));
    }

    /** Whether closing it leaves it open, for whoever opens a drive on it again. */
    public void stayOpen(boolean stay) {
        staysOpen = stay;
    }

    @Override
    public void close() {
        if (!staysOpen) {
            super.close();
        }
    }

    private record Failed(long tag, int status) {}

    private final class Queue implements IoQueue {
        private final IoQueue queue;
        private final ArrayDeque<Failed> failed = new ArrayDeque<>();

        Queue(IoQueue queue) {
            this.queue = queue;
        }

        @Override
        public int depth() {
            return queue.depth();
        }

        @Override
        public int inFlight() {
            return queue.inFlight() + failed.size();
        }

        @Override
        public boolean submit(IoCommand command) throws GoneException {
            if (inFlight() == depth()) {
                return false;
            }
            int status = meddler.before(command);
            if (status != 0) {
                failed.add(new Failed(command.tag(), status));
                return true;
            }
            return queue.submit(command);
        }

        @Override
        public boolean poll(Completion completion) throws GoneException {
            Failed first = failed.poll();
            if (first != null) {
                // Where nothing is, the device names no address.
                completion.set(first.tag, first.status, first.status == NvmeStatus.DEALLOCATED ? 0 : 1, 0);
                return true;
            }
            return queue.poll(completion);
        }

        @Override
        public int await(int min, long deadlineNanos) throws GoneException {
            return failed.size() + queue.await(Math.max(0, min - failed.size()), deadlineNanos);
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
