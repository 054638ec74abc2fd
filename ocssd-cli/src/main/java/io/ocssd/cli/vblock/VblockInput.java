package io.ocssd.cli.vblock;

import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** The bytes of a vblock from its beginning. For one task. */
final class VblockInput extends InputStream {
    private final Vblock vblock;
    private long position;

    VblockInput(Vblock vblock) {
        this.vblock = vblock;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = (int) Math.min(length, vblock.length() - position);
        if (count == 0) {
            return length == 0 ? 0 : -1;
        }
        vblock.read(position, ByteBuffer.wrap(bytes, offset, count));
        position += count;
        return count;
    }
}
