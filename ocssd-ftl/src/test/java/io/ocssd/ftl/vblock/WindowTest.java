package io.ocssd.ftl.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.Limits;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class WindowTest {
    private final Window window = new Window(2, new Limits(2, 4, 8, 0), 512, 8);
    private final IoBuffer buffer = new IoBufferPool(4 * 512, 1).tryTake();
    private final ByteBuffer target = ByteBuffer.allocate(700);

    @Test
    void sectorsAreServedUntilTheDeviceCanReadThem() {
        buffer.bytes().put(1024 + 512 + 100, (byte) 42);
        window.put(1, 4, 4, buffer, 0);
        assertThat(window.copy(1, 7, 100, 3, target)).isTrue();
        assertThat(target.position()).isEqualTo(3);
        assertThat(target.get(0)).isEqualTo((byte) 42);
        window.readableUpTo(1, 6);
        assertThat(window.copy(1, 6, 0, 3, target)).isTrue();
        window.readableUpTo(1, 8);
        // Whoever looked before the bound was raised gets nothing: the buffer may be someone else's by now.
        assertThat(window.copy(1, 7, 100, 3, target)).isFalse();
        assertThat(target.position()).isEqualTo(6);
        assertThat(window.readable(0)).isZero();
        assertThat(window.readable(1)).isEqualTo(8);
    }
}
