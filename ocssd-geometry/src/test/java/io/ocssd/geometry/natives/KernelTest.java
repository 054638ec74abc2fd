package io.ocssd.geometry.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real system calls, on files, and their numbers. */
final class KernelTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"O_RDONLY", "O_RDWR", "O_EXCL", "O_DIRECT", "O_DSYNC", "O_CLOEXEC"})
    void flagsAreThoseOfTheHeaders(String flag) throws Exception {
        long recorded = new RecordedAbi("linux-block-abi.txt").of(flag);
        assertThat((long) (int) Kernel.class.getField(flag).get(null)).isEqualTo(recorded);
    }

    @Test
    void everyErrorNumberHasItsName() throws Exception {
        for (Field each : Errno.class.getFields()) {
            assertThat(Errno.name((int) each.get(null))).isEqualTo(each.getName());
        }
        assertThat(Errno.name(4711)).isEqualTo("errno 4711");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void callsAnswerLikeTheKernel() throws Exception {
        Kernel kernel = LinuxKernel.instance();
        Path file = directory.resolve("file");
        Files.writeString(file, "0123456789");
        ByteBuffer memory = ByteBuffer.allocateDirect(64);
        long address = kernel.address(memory);

        int descriptor = kernel.open(file.toString(), Kernel.O_RDWR | Kernel.O_CLOEXEC);
        assertThat(descriptor).isPositive();
        assertThat(kernel.pread(descriptor, address, 4, 3)).isEqualTo(4);
        assertThat(memory.get(0)).isEqualTo((byte) '3');
        assertThat(kernel.pread(descriptor, address, 64, 8))
                .as("behind the end")
                .isEqualTo(2);
        memory.put(0, (byte) 'x');
        assertThat(kernel.pwrite(descriptor, address, 1, 5)).isEqualTo(1);
        assertThat(Files.readString(file)).isEqualTo("01234x6789");
        kernel.zero(address, 64);
        assertThat(memory.get(0)).isZero();
        assertThat(kernel.pread(descriptor, address, 4, -1)).isEqualTo(-Errno.EINVAL);
        assertThat(kernel.ioctl(descriptor, 0x80041285L, address)).isEqualTo(-Errno.ENOTTY);
        assertThat(kernel.close(descriptor)).isZero();
        assertThat(kernel.open(directory.resolve("nothing").toString(), Kernel.O_RDONLY))
                .isEqualTo(-Errno.ENOENT);
        assertThat(kernel.blockDevice(directory.resolve("nothing").toString())).isEqualTo(-Errno.ENOENT);
        assertThat(kernel.blockDevice(file.toString())).isEqualTo(-Errno.ENOTBLK);
        assertThatThrownBy(() -> kernel.address(ByteBuffer.allocate(1))).hasMessageContaining("not direct");
    }
}
