package io.ocssd.lsm.table;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.vblock.VblockWriter;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Fills the vblock writer's own buffers, so that bytes are copied once on their way to the device. One task. */
final class TableSink {
    private static final byte[] ZEROS = new byte[4096];

    private final VblockWriter writer;
    private IoBuffer buffer;
    private long position;

    TableSink(VblockWriter writer) throws IOException {
        this.writer = writer;
        this.buffer = writer.takeBuffer();
    }

    int bufferBytes() {
        return buffer.capacity();
    }

    /** Bytes written so far, which is the offset of the next one. */
    long position() {
        return position;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int done = 0;
        while (done < length) {
            ByteBuffer room = room();
            int part = Math.min(length - done, room.remaining());
            room.put(bytes, offset + done, part);
            done += part;
        }
        position += length;
    }

    void zeros(long count) throws IOException {
        for (long left = count; left > 0; left -= ZEROS.length) {
            write(ZEROS, 0, (int) Math.min(left, ZEROS.length));
        }
    }

    /** Hands the last buffer over; the position must be a multiple of {@link #bufferBytes}. */
    void finish() throws IOException {
        if (buffer != null && buffer.bytes().position() > 0) {
            send();
        }
        release();
    }

    /** Gives a buffer that was not handed over back. */
    void release() {
        if (buffer != null) {
            buffer.release();
            buffer = null;
        }
    }

    private ByteBuffer room() throws IOException {
        if (buffer != null && !buffer.bytes().hasRemaining()) {
            send();
        }
        if (buffer == null) {
            buffer = writer.takeBuffer();
        }
        return buffer.bytes();
    }

    private void send() throws IOException {
        IoBuffer full = buffer;
        buffer = null;
        full.bytes().flip();
        writer.append(full);
    }
}
