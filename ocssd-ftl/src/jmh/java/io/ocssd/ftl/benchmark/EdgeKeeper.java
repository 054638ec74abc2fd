package io.ocssd.ftl.benchmark;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardingDevice;
import java.nio.ByteBuffer;

/**
 * Lets a drive that drops all bytes ({@code payload=off}) keep the begin of the first sector of each block and of the first
 * sector of its last unit: there are the headers, summaries and labels, so that a full drive of a terabyte opens again. Stays
 * open when it is closed. For drives that are done with a command when it was submitted.
 */
final class EdgeKeeper extends ForwardingDevice {
    private static final int KEPT_BYTES = 512;

    private final FlashDevice device;
    private final int blocks;
    private final int lastUnit;
    /** By block, of the first unit and of the last one. */
    private final ByteBuffer kept;

    EdgeKeeper(FlashDevice device) {
        super(device, device.info().uri());
        this.device = device;
        this.blocks = device.geometry().blocks();
        this.lastUnit = device.geometry().sectorsPerBlock() - device.limits().wsMin();
        this.kept = ByteBuffer.allocateDirect(2 * blocks * KEPT_BYTES);
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return new Queue(device.openQueue(depth));
    }

    @Override
    public void close() {
        // It is opened again.
    }

    private void keep(IoCommand command) {
        for (int i = 0; i < command.count(); i++) {
            int at = place(command.address(i));
            if (at >= 0) {
                kept.put(at, command.data().bytes(), offset(command, i), KEPT_BYTES);
            }
        }
    }

    private void restore(IoCommand command) {
        for (int i = 0; i < command.count(); i++) {
            int at = place(command.address(i));
            if (at >= 0) {
                command.data().bytes().clear().put(offset(command, i), kept, at, KEPT_BYTES);
            }
        }
    }

    private int offset(IoCommand command, int index) {
        return command.dataOffset() + index * device.geometry().sectorBytes();
    }

    private int place(long ppa) {
        int sector = Ppa.sector(ppa);
        if (sector != 0 && sector != lastUnit) {
            return -1;
        }
        return KEPT_BYTES * ((sector == 0 ? 0 : blocks) + device.geometry().blockIndex(ppa));
    }

    private final class Queue implements IoQueue {
        private final IoQueue queue;

        Queue(IoQueue queue) {
            this.queue = queue;
        }

        @Override
        public int depth() {
            return queue.depth();
        }

        @Override
        public int inFlight() {
            return queue.inFlight();
        }

        @Override
        public boolean submit(IoCommand command) throws GoneException {
            IoBuffer data = command.data();
            if (!queue.submit(command)) {
                return false;
            }
            if (data != null && command.operation() == IoCommand.Operation.WRITE) {
                keep(command);
            } else if (data != null && command.operation() == IoCommand.Operation.READ) {
                restore(command);
            }
            return true;
        }

        @Override
        public boolean poll(Completion completion) throws GoneException {
            return queue.poll(completion);
        }

        @Override
        public int await(int min, long deadlineNanos) throws GoneException {
            return queue.await(min, deadlineNanos);
        }

        @Override
        public void close() {
            queue.close();
        }
    }
}
