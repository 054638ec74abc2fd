package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Limits;
import io.ocssd.device.Ppa;

/** What commands are about, scalar ones taken as the vector of their sectors. Stateless. */
final class Addresses {
    /** No block of the geometry. */
    static final int NO_BLOCK = -1;

    private Addresses() {}

    /** Whether every sector has an address and a bit; the device refuses the others by itself. */
    static boolean areUsual(IoCommand command) {
        return command.data() == null
                || (command.sectors() <= Limits.MAX_ADDRESSES
                        && (!command.isScalar()
                                || Ppa.sector(command.address(0)) + command.sectors() <= Ppa.MAX_BLOCKS));
    }

    /** Number of addresses. */
    static int count(IoCommand command) {
        return command.data() == null ? command.count() : command.sectors();
    }

    /** Address number {@code index}. */
    static long address(IoCommand command, int index) {
        return command.isScalar() ? command.address(0) + index : command.address(index);
    }

    /** First index behind {@code from} whose address is of another block. */
    static int endOfRun(IoCommand command, int from) {
        int count = count(command);
        if (command.isScalar()) {
            return count;
        }
        long block = Ppa.blockOf(command.address(from));
        int to = from + 1;
        while (to < count && Ppa.blockOf(command.address(to)) == block) {
            to++;
        }
        return to;
    }

    /** Where sector number {@code index} of a program goes; for an append, somewhere in its zone. */
    static long target(IoCommand program, int index) {
        return switch (program.operation()) {
            case COPY -> program.destination(index);
            case APPEND -> program.address(0);
            default -> address(program, index);
        };
    }

    /** First index behind {@code from} at which a program goes to another block. */
    static int endOfTargets(IoCommand program, int from) {
        int count = count(program);
        long block = Ppa.blockOf(target(program, from));
        int to = from + 1;
        while (to < count && Ppa.blockOf(target(program, to)) == block) {
            to++;
        }
        return to;
    }

    /** Linear number of an address's block, or {@link #NO_BLOCK}; the sector part does not matter. */
    static int block(Geometry geometry, long ppa) {
        return geometry.contains(Ppa.blockOf(ppa)) ? geometry.blockIndex(ppa) : NO_BLOCK;
    }

    /** The bits of indexes {@code from} to {@code to}, exclusive. */
    static long bits(int from, int to) {
        return from >= to ? 0 : (-1L << from) & (-1L >>> (Long.SIZE - to));
    }
}
