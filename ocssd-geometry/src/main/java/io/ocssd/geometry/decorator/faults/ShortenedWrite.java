package io.ocssd.geometry.decorator.faults;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.device.IoCommand;

/**
 * A write of which some runs are sent in part, all in one command: so that the device accepts all of it or none. Its bytes are
 * gathered in buffers of its own. Used again and again; not thread-safe.
 */
final class ShortenedWrite {
    private final IoCommand original;
    private final DeviceBelow below;
    private final ClassBytes bytes;
    private final IoBuffer data;
    private final IoBuffer oob;
    /** By index in the command that is sent: the index in the original. */
    private final int[] indexes;

    private int count;

    ShortenedWrite(IoCommand original, DeviceBelow below, QueueBuffers buffers, ClassBytes bytes) {
        this.original = original;
        this.below = below;
        this.bytes = bytes;
        this.data = buffers.newData();
        this.oob = original.oob() != null && below.geometry.oobBytes() > 0 ? buffers.newOob() : null;
        this.indexes = new int[Addresses.count(original)];
    }

    /** Starts the command. */
    void begin(IoCommand step) {
        count = 0;
        step.write(data, 0).oob(oob, 0).priority(original.priority());
    }

    /** Adds sectors {@code from} to {@code to} of the original. */
    void add(IoCommand step, int from, int to) {
        int sectorBytes = below.geometry.sectorBytes();
        copy(original.data(), original.dataOffset(), data, sectorBytes, from, to);
        if (oob != null) {
            copy(original.oob(), original.oobOffset(), oob, below.geometry.oobBytes(), from, to);
        }
        for (int i = from; i < to; i++) {
            step.add(Addresses.target(original, i));
            indexes[count++] = i;
        }
        bytes.count(step, from, to);
    }

    private void copy(IoBuffer source, int offset, IoBuffer target, int unitBytes, int from, int to) {
        int length = (to - from) * unitBytes;
        target.part(count * unitBytes, length).put(source.part(offset + from * unitBytes, length));
    }

    /** Bits of the original for bits of the command that was sent. */
    long bitsOfOriginal(long bits) {
        long mapped = 0;
        for (int i = 0; i < count; i++) {
            mapped |= (bits >>> i & 1) << indexes[i];
        }
        return mapped;
    }
}
