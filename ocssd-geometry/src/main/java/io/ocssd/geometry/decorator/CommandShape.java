package io.ocssd.geometry.decorator;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;

/**
 * What a queue checks of a command before it takes it, and copies of commands: for decorators that keep a command back and
 * send it on later. Stateless.
 */
public final class CommandShape {
    private static final ByteClass[] CLASSES = ByteClass.values();

    private CommandShape() {}

    /**
     * Checks what {@link io.ocssd.device.IoQueue#submit} promises to check.
     *
     * @throws IllegalArgumentException when the command has no address, its buffers are missing or too small, or it names
     *     more bytes than it programs
     */
    public static void check(IoCommand command, Geometry geometry) {
        if (command.count() < 1) {
            throw new IllegalArgumentException("count=" + command.count() + ": a command needs an address");
        }
        switch (command.operation()) {
            case READ, WRITE -> needsData(command);
            case APPEND -> {
                needsData(command);
                if (!command.isScalar()) {
                    throw new IllegalArgumentException("an append needs a range, not a list of addresses");
                }
            }
            case COPY -> {
                if (command.destinationCount() != command.count() || command.isScalar()) {
                    throw new IllegalArgumentException("a copy needs as many destinations as sources: sources="
                            + command.count() + ", destinations=" + command.destinationCount());
                }
            }
            case ERASE, FINISH, OPEN, CLOSE -> {}
        }
        checkRoom("data", command.data(), command.dataOffset(), (long) command.sectors() * geometry.sectorBytes());
        if (geometry.oobBytes() > 0 && command.data() != null) {
            checkRoom("oob", command.oob(), command.oobOffset(), (long) command.sectors() * geometry.oobBytes());
        }
        if (command.operation() == IoCommand.Operation.ERASE && !command.isScalar()) {
            checkRoom("oob", command.oob(), command.oobOffset(), (long) command.count() * IoCommand.DESCRIPTOR_BYTES);
        }
        checkClasses(command, geometry);
    }

    private static void needsData(IoCommand command) {
        if (command.data() == null) {
            throw new IllegalArgumentException("data=null: a " + command.operation() + " needs a data buffer");
        }
    }

    private static void checkRoom(String name, IoBuffer buffer, int offset, long bytes) {
        if (buffer != null && (offset < 0 || bytes > (long) buffer.capacity() - offset)) {
            throw new IllegalArgumentException(name + " buffer is too small: capacity=" + buffer.capacity()
                    + ", offset=" + offset + ", needed=" + bytes);
        }
    }

    private static void checkClasses(IoCommand command, Geometry geometry) {
        long programmed = programmedBytes(command, geometry);
        long named = 0;
        for (ByteClass each : CLASSES) {
            int bytes = command.classBytes(each);
            if (bytes < 0) {
                throw new IllegalArgumentException(each.label() + "Bytes=" + bytes);
            }
            named += bytes;
        }
        if (named > programmed) {
            throw new IllegalArgumentException(
                    "more bytes are named than the command programs: named=" + named + ", programmed=" + programmed);
        }
    }

    /** Bytes that a command programs when all of it succeeds. */
    public static long programmedBytes(IoCommand command, Geometry geometry) {
        return switch (command.operation()) {
            case WRITE, APPEND, COPY -> (long) command.sectors() * geometry.sectorBytes();
            case READ, ERASE, FINISH, OPEN, CLOSE -> 0;
        };
    }

    /** Makes one command equal to another. */
    public static void copy(IoCommand from, IoCommand to) {
        switch (from.operation()) {
            case READ -> to.read(from.data(), from.dataOffset());
            case WRITE -> to.write(from.data(), from.dataOffset());
            case APPEND -> to.append(from.data(), from.dataOffset());
            case COPY -> to.copy();
            case ERASE -> to.erase();
            case FINISH -> to.finish();
            case OPEN -> to.open();
            case CLOSE -> to.close();
        }
        if (from.isScalar()) {
            to.range(from.address(0), from.sectors());
        } else {
            for (int i = 0; i < from.count(); i++) {
                to.add(from.address(i));
            }
        }
        for (int i = 0; i < from.destinationCount(); i++) {
            to.addDestination(from.destination(i));
        }
        for (ByteClass each : CLASSES) {
            to.count(each, from.classBytes(each));
        }
        to.oob(from.oob(), from.oobOffset()).priority(from.priority()).tag(from.tag());
    }
}
