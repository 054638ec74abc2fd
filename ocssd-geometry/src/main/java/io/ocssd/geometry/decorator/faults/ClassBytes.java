package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.ByteClass;
import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.geometry.decorator.CommandShape;

/**
 * Which bytes of a program are of which class, when only some of its sectors are programmed.
 *
 * <p>A command says how many bytes it has of each class, not where. They are taken to lie in the order of the classes: as
 * in a stripe unit, where payload comes first and filler and metadata last.
 */
final class ClassBytes {
    private static final ByteClass[] CLASSES = ByteClass.values();

    private final int sectorBytes;
    private final long[] ends = new long[CLASSES.length];

    ClassBytes(IoCommand command, Geometry geometry) {
        this.sectorBytes = geometry.sectorBytes();
        long named = 0;
        for (ByteClass each : CLASSES) {
            named += command.classBytes(each);
        }
        long unnamed = CommandShape.programmedBytes(command, geometry) - named;
        long end = 0;
        for (ByteClass each : CLASSES) {
            end += command.classBytes(each) + (each == ByteClass.PAYLOAD ? unnamed : 0);
            ends[each.ordinal()] = end;
        }
    }

    /** Bytes by class of sectors {@code from} to {@code to}, exclusive. */
    long[] between(int from, int to) {
        long[] bytes = new long[ends.length];
        long start = 0;
        for (int i = 0; i < ends.length; i++) {
            long first = Math.max(start, (long) from * sectorBytes);
            long last = Math.min(ends[i], (long) to * sectorBytes);
            bytes[i] = Math.max(0, last - first);
            start = ends[i];
        }
        return bytes;
    }

    /** Counts sectors {@code from} to {@code to} at a command. */
    void count(IoCommand command, int from, int to) {
        long[] bytes = between(from, to);
        for (ByteClass each : CLASSES) {
            command.count(each, (int) bytes[each.ordinal()]);
        }
    }
}
