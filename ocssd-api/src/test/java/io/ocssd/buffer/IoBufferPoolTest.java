package io.ocssd.buffer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

class IoBufferPoolTest {
    @Test
    void buffersAreAlignedDirectAndDisjoint() {
        IoBufferPool pool = new IoBufferPool(8192, 3);
        List<IoBuffer> taken = new ArrayList<>();
        for (IoBuffer each = pool.tryTake(); each != null; each = pool.tryTake()) {
            assertThat(each.bytes().isDirect()).isTrue();
            assertThat(each.bytes().alignmentOffset(0, IoBufferPool.ALIGNMENT)).isZero();
            assertThat(each.capacity()).isEqualTo(8192);
            while (each.bytes().hasRemaining()) {
                each.bytes().put((byte) taken.size());
            }
            taken.add(each);
        }
        assertThat(taken).hasSize(3);
        for (int i = 0; i < 3; i++) {
            ByteBuffer copy = ByteBuffer.allocate(8192);
            taken.get(i).copyTo(0, copy, 8192);
            assertThat(copy.array()).containsOnly((byte) i);
        }
    }

    @Test
    void aBufferComesBackWithACleanCursor() {
        IoBufferPool pool = new IoBufferPool(512, 1);
        IoBuffer buffer = pool.tryTake();
        buffer.bytes().position(100).limit(200);
        buffer.release();
        IoBuffer again = pool.tryTake();
        assertThat(again).isSameAs(buffer);
        assertThat(again.bytes().position()).isZero();
        assertThat(again.bytes().limit()).isEqualTo(512);
    }

    @Test
    void releasingTwiceIsMisuse() {
        IoBuffer buffer = new IoBufferPool(512, 2).tryTake();
        buffer.release();
        assertThatThrownBy(buffer::release)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("index=");
    }

    @Test
    void partsAreBoundsChecked() {
        IoBuffer buffer = new IoBufferPool(512, 1).tryTake();
        assertThat(buffer.part(100, 412).remaining()).isEqualTo(412);
        assertThat(buffer.part(0, 1).remaining()).isEqualTo(1);
        assertThatThrownBy(() -> buffer.part(100, 413)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> buffer.copyTo(-1, ByteBuffer.allocate(1), 1))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void impossibleSizesAreRefused() {
        assertThatThrownBy(() -> new IoBufferPool(0, 1)).hasMessageContaining("bufferBytes=0");
        assertThatThrownBy(() -> new IoBufferPool(1 << 30, 2)).hasMessageContaining("count=2");
    }

    @Test
    void noTwoThreadsEverHoldTheSameBuffer() throws Exception {
        IoBufferPool pool = new IoBufferPool(512, 4);
        AtomicInteger clashes = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            byte mark = (byte) (t + 1);
            Thread thread = new Thread(() -> {
                for (int i = 0; i < 50_000; i++) {
                    IoBuffer buffer = pool.tryTake();
                    if (buffer != null) {
                        buffer.bytes().put(0, mark);
                        Thread.onSpinWait();
                        if (buffer.bytes().get(0) != mark) {
                            clashes.incrementAndGet();
                        }
                        buffer.release();
                    }
                }
            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(clashes).hasValue(0);
        for (int i = 0; i < 4; i++) {
            assertThat(pool.tryTake()).isNotNull();
        }
        assertThat(pool.tryTake()).isNull();
    }

    @Test
    void theNativeAddressIsAskedForOncePerSlab() {
        IoBufferPool pool = new IoBufferPool(512, 3);
        IoBuffer first = pool.tryTake();
        IoBuffer second = pool.tryTake();
        AtomicInteger asked = new AtomicInteger();
        ToLongFunction<ByteBuffer> resolver = slab -> {
            assertThat(slab.isDirect()).isTrue();
            return 4096L * asked.incrementAndGet();
        };
        assertThat(second.nativeAddress(resolver)).isEqualTo(4096 + 512);
        assertThat(first.nativeAddress(resolver)).isEqualTo(4096);
        assertThat(asked).hasValue(1);
    }
}
