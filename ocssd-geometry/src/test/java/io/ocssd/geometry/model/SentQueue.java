package io.ocssd.geometry.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Priority;
import io.ocssd.error.GoneException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A queue of the device, and what was sent on it and not answered yet. */
final class SentQueue {
    /** Sectors that a buffer has room for: more than a drive takes. */
    private static final int ROOM = 80;

    private static final byte UNTOUCHED = 0x5A;

    /** An answered command. */
    record Answered(ModelCommand command, Answer answer) {}

    private record Sent(ModelCommand command, IoBuffer buffer) {}

    private final Geometry geometry;
    private final IoQueue queue;
    private final IoBufferPool buffers;
    private final int oobAt;
    private final byte[] untouched;
    private final Map<Long, Sent> underWay = new LinkedHashMap<>();
    private final IoCommand io = new IoCommand();
    private final Completion completion = new Completion();

    SentQueue(FlashDevice device, int depth) throws GoneException {
        geometry = device.geometry();
        queue = device.openQueue(depth);
        oobAt = ROOM * geometry.sectorBytes();
        buffers = new IoBufferPool(oobAt + ROOM * geometry.oobBytes(), depth);
        untouched = new byte[oobAt + ROOM * geometry.oobBytes()];
        Arrays.fill(untouched, UNTOUCHED);
    }

    boolean isFull() {
        return underWay.size() == queue.depth();
    }

    boolean isIdle() {
        return underWay.isEmpty();
    }

    /** What was sent and not answered, in the order of submission. */
    Iterable<ModelCommand> underWay() {
        return underWay.values().stream().map(Sent::command).toList();
    }

    boolean isUnderWay(long block) {
        return underWay.values().stream().anyMatch(each -> each.command.blocks().contains(block));
    }

    /** Sends a command; when the device goes while it does, the command was under way. */
    void send(ModelCommand command) throws GoneException {
        IoBuffer buffer = buffers.tryTake();
        fill(command, buffer);
        io.tag(command.number());
        underWay.put((long) command.number(), new Sent(command, buffer));
        assertThat(queue.submit(io))
                .as("a queue that is not full takes %s", command)
                .isTrue();
    }

    private void fill(ModelCommand command, IoBuffer buffer) {
        buffer.bytes().put(0, untouched);
        switch (command.operation()) {
            case READ -> io.read(buffer, 0).oob(buffer, oobAt);
            case WRITE -> payload(command, buffer, io.write(buffer, 0));
            case APPEND -> payload(command, buffer, io.append(buffer, 0));
            case ERASE -> io.erase();
            case COPY -> io.copy();
            case FINISH -> io.finish();
            case OPEN -> io.open();
            case CLOSE -> io.close();
        }
        if (command.isScalar()) {
            io.range(command.addresses()[0], command.sectors());
        } else {
            for (long each : command.addresses()) {
                io.add(each);
            }
        }
        for (long each : command.destinations()) {
            io.addDestination(each);
        }
        if (command.urgent()) {
            io.priority(Priority.HIGH);
        }
        if (command.relocated()) {
            io.count(ByteClass.RELOCATED, command.spread().length * geometry.sectorBytes());
        }
    }

    private void payload(ModelCommand command, IoBuffer buffer, IoCommand write) {
        for (int i = 0; i < command.data().length; i++) {
            buffer.bytes().put(i * geometry.sectorBytes(), command.data()[i]);
        }
        for (int i = 0; i < command.oob().length; i++) {
            buffer.bytes().put(oobAt + i * geometry.oobBytes(), command.oob()[i]);
        }
        if (command.oob().length > 0) {
            write.oob(buffer, oobAt);
        }
    }

    int await(int min, long deadlineNanos) throws GoneException {
        return queue.await(min, deadlineNanos);
    }

    /** Takes one answer; null when there is none. */
    Answered poll(String where) throws GoneException {
        if (!queue.poll(completion)) {
            return null;
        }
        Sent sent = underWay.get(completion.tag());
        assertThat(sent)
                .as("a completion of what was sent, tag=%d; %s", completion.tag(), where)
                .isNotNull();
        // What does not exist has no order.
        Set<Long> blocks = sent.command.blocks();
        blocks.removeIf(each -> !geometry.contains(each));
        for (Sent each : underWay.values()) {
            if (each == sent) {
                break;
            }
            assertThat(Collections.disjoint(blocks, each.command.blocks()))
                    .as("%s completes before %s, sent earlier to the same block; %s", sent.command, each.command, where)
                    .isTrue();
        }
        underWay.remove(completion.tag());
        Answer answer = answer(sent);
        sent.buffer.release();
        return new Answered(sent.command, answer);
    }

    private Answer answer(Sent sent) {
        boolean read = sent.command.operation() == IoCommand.Operation.READ;
        int sectors = read ? Math.min(ROOM, sent.command.spread().length) : 0;
        byte[][] data = new byte[sectors][];
        byte[][] oob = new byte[sectors][];
        for (int i = 0; i < sectors; i++) {
            data[i] = bytes(sent.buffer, i * geometry.sectorBytes(), geometry.sectorBytes());
            oob[i] = new byte[geometry.oobBytes()];
            sent.buffer.bytes().get(oobAt + i * geometry.oobBytes(), oob[i]);
        }
        return new Answer(completion.status(), completion.failedAddresses(), completion.address(), data, oob);
    }

    /** Bytes of a buffer, or null when nothing was put there. */
    private byte[] bytes(IoBuffer buffer, int offset, int length) {
        byte[] bytes = new byte[length];
        buffer.bytes().get(offset, bytes);
        return Arrays.equals(bytes, 0, length, untouched, 0, length) ? null : bytes;
    }

    void close() {
        queue.close();
    }
}
