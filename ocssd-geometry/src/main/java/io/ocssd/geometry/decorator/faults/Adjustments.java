package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.Geometry;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * What the device below counts and nobody asked for: sectors of programs that are said to have failed, filler, reads and
 * commands of the decorator's own. Thread-safe.
 */
final class Adjustments {
    private long commands;
    private long readSectors;
    private long programmedSectors;
    private final long[] programmedBytes = new long[ByteClass.values().length];

    /** One command was answered by so many commands to the device below. */
    synchronized void command(int below) {
        commands += below - 1;
    }

    /** A command was sent that answers none. */
    synchronized void commandOfOwn() {
        commands++;
    }

    /** Sectors were read that nobody gets; fewer than 0 when somebody got more than was read. */
    synchronized void read(int sectors) {
        readSectors += sectors;
    }

    /** Sectors were programmed that failed, or that nobody asked for. */
    synchronized void programmed(int sectors, long[] bytes) {
        programmedSectors += sectors;
        for (int i = 0; i < bytes.length; i++) {
            programmedBytes[i] += bytes[i];
        }
    }

    /** What was done apart from that. */
    synchronized DeviceCounters without(DeviceCounters below, Geometry geometry) {
        long[] bytes = new long[programmedBytes.length];
        for (ByteClass each : ByteClass.values()) {
            bytes[each.ordinal()] = below.programmedBytes(each) - programmedBytes[each.ordinal()];
        }
        return new DeviceCounters(
                        below.commands() - commands,
                        below.readSectors() - readSectors,
                        below.programmedSectors() - programmedSectors,
                        below.erases(),
                        bytes)
                .withBusyNanos(
                        busy(geometry.luns(), below::busyNanos), busy(geometry.channels(), below::channelBusyNanos));
    }

    private static long[] busy(int count, IntToLongFunction nanos) {
        // What does not tell says -1, of the first as of any other.
        return nanos.applyAsLong(0) < 0
                ? new long[0]
                : IntStream.range(0, count).mapToLong(nanos).toArray();
    }
}
