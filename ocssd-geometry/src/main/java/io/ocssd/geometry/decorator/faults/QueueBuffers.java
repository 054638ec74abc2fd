package io.ocssd.geometry.decorator.faults;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;

/** Buffers of a queue's own, made when they are first needed. Not thread-safe. */
final class QueueBuffers {
    private final Geometry geometry;
    private IoBuffer filler;
    private IoBuffer scratch;

    QueueBuffers(Geometry geometry) {
        this.geometry = geometry;
    }

    /** Zeros for as many sectors as a command can have. */
    IoBuffer filler() {
        if (filler == null) {
            filler = newData();
        }
        return filler;
    }

    /** Room for what nobody gets to see. */
    IoBuffer scratch() {
        if (scratch == null) {
            scratch = newData();
        }
        return scratch;
    }

    /** A new buffer for as many sectors as a command can have. */
    IoBuffer newData() {
        return new IoBufferPool(Limits.MAX_ADDRESSES * geometry.sectorBytes(), 1).tryTake();
    }

    /** A new buffer for their OOB bytes, of which there are some. */
    IoBuffer newOob() {
        return new IoBufferPool(Limits.MAX_ADDRESSES * geometry.oobBytes(), 1).tryTake();
    }
}
