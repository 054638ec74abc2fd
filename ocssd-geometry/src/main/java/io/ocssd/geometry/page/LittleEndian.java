package io.ocssd.geometry.page;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Views of buffers in the byte order of NVMe. */
final class LittleEndian {
    private LittleEndian() {}

    /**
     * {@code bytes} bytes of a buffer from {@code offset} on, from position 0.
     *
     * @throws IndexOutOfBoundsException when the buffer's capacity does not hold them
     */
    static ByteBuffer view(ByteBuffer buffer, int offset, int bytes) {
        return buffer.duplicate().clear().slice(offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
