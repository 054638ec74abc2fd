package io.ocssd.cli.bench.replay;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.Limits;
import io.ocssd.geometry.decorator.trace.TracedCommand;

/** A place for a command under way, with its buffers. Used again and again by one task. */
final class ReplaySlot {
    private final int number;
    private final IoBuffer data;
    private final IoBuffer oob;
    /** When its latency begins. */
    long arrivalNanos;

    TracedCommand command;

    /**
     * A place.
     *
     * @param sectors of the largest command that it is for
     */
    ReplaySlot(int number, int sectors, Geometry geometry) {
        this.number = number;
        this.data = new IoBufferPool(sectors * geometry.sectorBytes(), 1).tryTake();
        this.oob = new IoBufferPool(oobBytes(sectors, geometry), 1).tryTake();
    }

    /** What a place has for out-of-band bytes, or for the descriptors of an erase, which may name more blocks than sectors. */
    static int oobBytes(int sectors, Geometry geometry) {
        return Math.max(Limits.MAX_ADDRESSES * IoCommand.DESCRIPTOR_BYTES, sectors * geometry.oobBytes());
    }

    /** Whether a queue can take the command at all. */
    static boolean canSend(TracedCommand command) {
        return command.operation() == Operation.ERASE || command.sectors() <= Limits.MAX_ADDRESSES;
    }

    /** Takes a command of a trace. */
    void take(TracedCommand traced, long arrival) {
        command = traced;
        arrivalNanos = arrival;
    }

    /** Makes it a command for a queue. */
    void fill(IoCommand target) {
        switch (command.operation()) {
            case READ -> target.read(data, 0);
            case WRITE -> target.write(data, 0);
            case APPEND -> target.append(data, 0);
            case ERASE -> target.erase();
            case COPY -> target.copy();
            case FINISH -> target.finish();
            case OPEN -> target.open();
            case CLOSE -> target.close();
        }
        if (command.isScalar()) {
            target.range(command.address(0), command.sectors());
        } else {
            for (int i = 0; i < command.count(); i++) {
                target.add(command.address(i));
            }
        }
        for (int i = 0; i < command.destinationCount(); i++) {
            target.addDestination(command.destination(i));
        }
        if (command.hasOob()) {
            target.oob(oob, 0);
        }
        target.priority(command.priority()).tag(number);
    }
}
