package io.ocssd.geometry.planted;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.ByteClass;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import io.ocssd.device.Priority;

/** A command on its way through a {@link BuggyDevice}, with everything that its sender said. */
final class Passing {
    final IoCommand.Operation operation;
    final boolean scalar;
    final int sectors;
    final long[] addresses;
    final long tag;
    private final Priority priority;
    IoBuffer oob;
    int oobOffset;
    private final IoBuffer data;
    private final int dataOffset;
    private final long[] destinations;
    private final int[] classBytes = new int[ByteClass.values().length];

    Passing(IoCommand command) {
        operation = command.operation();
        scalar = command.isScalar();
        sectors = command.sectors();
        addresses = new long[command.count()];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = command.address(i);
        }
        destinations = new long[command.destinationCount()];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] = command.destination(i);
        }
        for (ByteClass each : ByteClass.values()) {
            classBytes[each.ordinal()] = command.classBytes(each);
        }
        tag = command.tag();
        priority = command.priority();
        data = command.data();
        dataOffset = command.dataOffset();
        oob = command.oob();
        oobOffset = command.oobOffset();
    }

    /** Sector {@code index}, of a scalar command too. */
    long address(int index) {
        return scalar ? Ppa.withSector(addresses[0], Ppa.sector(addresses[0]) + index) : addresses[index];
    }

    boolean isProgram() {
        return operation == IoCommand.Operation.WRITE;
    }

    boolean isRead() {
        return operation == IoCommand.Operation.READ;
    }

    byte[] data(int index, int sectorBytes) {
        byte[] bytes = new byte[sectorBytes];
        data.bytes().get(dataOffset + index * sectorBytes, bytes);
        return bytes;
    }

    void putData(int index, byte[] bytes) {
        data.bytes().put(dataOffset + index * bytes.length, bytes);
    }

    /** The command again, with another tag. */
    IoCommand again(IoCommand command, long newTag) {
        switch (operation) {
            case READ -> command.read(data, dataOffset);
            case WRITE -> command.write(data, dataOffset);
            case ERASE -> command.erase();
            case COPY -> command.copy();
            case APPEND -> command.append(data, dataOffset);
            case FINISH -> command.finish();
            case OPEN -> command.open();
            case CLOSE -> command.close();
        }
        if (scalar) {
            command.range(addresses[0], sectors);
        } else {
            for (long each : addresses) {
                command.add(each);
            }
        }
        for (long each : destinations) {
            command.addDestination(each);
        }
        for (ByteClass each : ByteClass.values()) {
            command.count(each, classBytes[each.ordinal()]);
        }
        if (oob != null) {
            command.oob(oob, oobOffset);
        }
        return command.tag(newTag).priority(priority);
    }
}
