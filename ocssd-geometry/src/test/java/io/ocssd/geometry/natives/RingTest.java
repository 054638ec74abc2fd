package io.ocssd.geometry.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** io_uring of this host on a file, where it is permitted; the layout everywhere. */
final class RingTest {
    @TempDir
    Path directory;

    private final RecordedAbi abi;

    RingTest() throws Exception {
        abi = new RecordedAbi("linux-block-abi.txt");
    }

    private int recorded(String name) {
        return (int) abi.of(name);
    }

    @Test
    void offsetsAndSizes() {
        assertThat(RingLayout.PARAMS_SQ_ENTRIES_OFFSET).isEqualTo(recorded("io_uring_params.sq_entries"));
        assertThat(RingLayout.PARAMS_CQ_ENTRIES_OFFSET).isEqualTo(recorded("io_uring_params.cq_entries"));
        assertThat(RingLayout.PARAMS_FEATURES_OFFSET).isEqualTo(recorded("io_uring_params.features"));
        assertThat(RingLayout.PARAMS_SQ_OFFSET).isEqualTo(recorded("io_uring_params.sq_off"));
        assertThat(RingLayout.PARAMS_CQ_OFFSET).isEqualTo(recorded("io_uring_params.cq_off"));
        assertThat(RingLayout.PARAMS_BYTES).isEqualTo(recorded("io_uring_params"));
        assertThat(RingLayout.SQ_HEAD_OFFSET).isEqualTo(recorded("io_sqring_offsets.head"));
        assertThat(RingLayout.SQ_TAIL_OFFSET).isEqualTo(recorded("io_sqring_offsets.tail"));
        assertThat(RingLayout.SQ_MASK_OFFSET).isEqualTo(recorded("io_sqring_offsets.ring_mask"));
        assertThat(RingLayout.SQ_ARRAY_OFFSET).isEqualTo(recorded("io_sqring_offsets.array"));
        assertThat(RingLayout.CQ_HEAD_OFFSET).isEqualTo(recorded("io_cqring_offsets.head"));
        assertThat(RingLayout.CQ_TAIL_OFFSET).isEqualTo(recorded("io_cqring_offsets.tail"));
        assertThat(RingLayout.CQ_MASK_OFFSET).isEqualTo(recorded("io_cqring_offsets.ring_mask"));
        assertThat(RingLayout.CQ_CQES_OFFSET).isEqualTo(recorded("io_cqring_offsets.cqes"));
        assertThat(RingLayout.SQE_OPCODE_OFFSET).isEqualTo(recorded("io_uring_sqe.opcode"));
        assertThat(RingLayout.SQE_FD_OFFSET).isEqualTo(recorded("io_uring_sqe.fd"));
        assertThat(RingLayout.SQE_OFFSET_OFFSET).isEqualTo(recorded("io_uring_sqe.off"));
        assertThat(RingLayout.SQE_ADDRESS_OFFSET).isEqualTo(recorded("io_uring_sqe.addr"));
        assertThat(RingLayout.SQE_LENGTH_OFFSET).isEqualTo(recorded("io_uring_sqe.len"));
        assertThat(RingLayout.SQE_USER_DATA_OFFSET).isEqualTo(recorded("io_uring_sqe.user_data"));
        assertThat(RingLayout.SQE_BYTES).isEqualTo(recorded("io_uring_sqe"));
        assertThat(RingLayout.CQE_USER_DATA_OFFSET).isEqualTo(recorded("io_uring_cqe.user_data"));
        assertThat(RingLayout.CQE_RESULT_OFFSET).isEqualTo(recorded("io_uring_cqe.res"));
        assertThat(RingLayout.CQE_BYTES).isEqualTo(recorded("io_uring_cqe"));
        assertThat(RingLayout.ARGUMENT_TIME_OFFSET).isEqualTo(recorded("io_uring_getevents_arg.ts"));
        assertThat(RingLayout.ARGUMENT_BYTES).isEqualTo(recorded("io_uring_getevents_arg"));
        assertThat(RingLayout.TIME_SECONDS_OFFSET).isEqualTo(recorded("__kernel_timespec.tv_sec"));
        assertThat(RingLayout.TIME_NANOS_OFFSET).isEqualTo(recorded("__kernel_timespec.tv_nsec"));
        assertThat(RingLayout.TIME_BYTES).isEqualTo(recorded("__kernel_timespec"));
    }

    @Test
    void numbers() {
        assertThat(RingLayout.IO_URING_SETUP).isEqualTo(abi.of("SYS_io_uring_setup"));
        assertThat(RingLayout.IO_URING_ENTER).isEqualTo(abi.of("SYS_io_uring_enter"));
        assertThat(RingLayout.OFFSET_RINGS).isEqualTo(abi.of("IORING_OFF_SQ_RING"));
        assertThat(RingLayout.OFFSET_ENTRIES).isEqualTo(abi.of("IORING_OFF_SQES"));
        assertThat(RingLayout.ENTER_GETEVENTS).isEqualTo(recorded("IORING_ENTER_GETEVENTS"));
        assertThat(RingLayout.ENTER_EXT_ARG).isEqualTo(recorded("IORING_ENTER_EXT_ARG"));
        assertThat(RingLayout.FEATURE_SINGLE_MMAP).isEqualTo(recorded("IORING_FEAT_SINGLE_MMAP"));
        assertThat(RingLayout.FEATURE_EXT_ARG).isEqualTo(recorded("IORING_FEAT_EXT_ARG"));
        assertThat((int) RingLayout.OPERATION_READ).isEqualTo(recorded("IORING_OP_READ"));
        assertThat((int) RingLayout.OPERATION_WRITE).isEqualTo(recorded("IORING_OP_WRITE"));
        assertThat(RingLayout.PROT_READ).isEqualTo(recorded("PROT_READ"));
        assertThat(RingLayout.PROT_WRITE).isEqualTo(recorded("PROT_WRITE"));
        assertThat(RingLayout.MAP_SHARED).isEqualTo(recorded("MAP_SHARED"));
        assertThat(RingLayout.MAP_POPULATE).isEqualTo(recorded("MAP_POPULATE"));
    }

    @Test
    @SuppressWarnings("try") // closed early, to see what a closed one does
    void readsAndWritesManyTimesAround() throws Exception {
        Kernel kernel = LinuxKernel.instance();
        Path file = directory.resolve("file");
        Files.write(file, new byte[1 << 16]);
        ByteBuffer memory = ByteBuffer.allocateDirect(1 << 16);
        long address = kernel.address(memory);
        int descriptor = kernel.open(file.toString(), Kernel.O_RDWR);
        try (Ring ring = kernel.openRing(8)) {
            if (ring == null) {
                // Not permitted here; then blocking calls are what is used.
                return;
            }
            for (int round = 0; round < 50; round++) {
                // One place is for what wakes it.
                for (int i = 0; i < 7; i++) {
                    memory.putInt(i * 512, round * 8 + i);
                    assertThat(ring.write(descriptor, address + i * 512L, 512, i * 512L, i))
                            .isTrue();
                }
                assertThat(ring.prepared()).isEqualTo(7);
                takeAll(ring, 7, 512);
                assertThat(ring.read(descriptor, address + 32768, 4096, 0, 1)).isTrue();
                takeAll(ring, 1, 4096);
                assertThat(memory.getInt(32768 + 6 * 512)).isEqualTo(round * 8 + 6);
            }
            assertThat(ring.take()).isFalse();
            for (int i = 0; i < 8; i++) {
                assertThat(ring.read(descriptor, address, 512, 0, i)).isTrue();
            }
            assertThat(ring.read(descriptor, address, 512, 0, 9)).as("full").isFalse();
            takeAll(ring, 8, 512);
            assertThat(ring.await(1, 1000)).isEqualTo(-Errno.ETIME);
            ring.wake();
            assertThat(ring.await(1, Ring.FOREVER)).isZero();
            assertThat(ring.take()).isTrue();
            assertThat(ring.userData()).isEqualTo(Ring.WAKE);
            assertThat(ring.read(-1, address, 512, 0, 77)).isTrue();
            ring.await(1, Ring.FOREVER);
            assertThat(ring.take()).isTrue();
            assertThat(ring.userData()).isEqualTo(77);
            assertThat(ring.result()).isEqualTo(-9);
            ring.close();
            assertThatThrownBy(ring::take).hasMessage("the ring is closed");
            assertThatThrownBy(() -> ring.await(1, 0)).isInstanceOf(IllegalStateException.class);
        } finally {
            kernel.close(descriptor);
        }
    }

    private static void takeAll(Ring ring, int count, int bytes) {
        BitSet taken = new BitSet();
        while (taken.cardinality() < count) {
            ring.await(1, Ring.FOREVER);
            while (ring.take()) {
                assertThat(ring.result()).isEqualTo(bytes);
                taken.set((int) ring.userData());
            }
        }
    }
}
