package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.Rig;
import io.ocssd.scheduler.Scheduler;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One owner at a time: in one process, between processes, and after an owner was killed. */
final class ImageLockTest {
    @TempDir
    Path directory;

    private final Scheduler real = Scheduler.real();
    private Path file;

    @BeforeEach
    void create() throws IOException {
        file = directory.resolve("drive.img");
        Ocssd.create("emu:" + file + "?profile=tiny");
    }

    private FlashDevice open() throws IOException {
        return Ocssd.openDevice("emu:" + file, real);
    }

    @Test
    void aSecondOpenInTheSameProcessIsRefused() throws Exception {
        long me = ProcessHandle.current().pid();
        Path alias = Files.createSymbolicLink(directory.resolve("alias.img"), file);
        try (FlashDevice device = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("held by process " + me);
            assertThatThrownBy(() -> Ocssd.openDevice("emu:" + alias, real)).isInstanceOf(BusyException.class);
            // The refusals have not dropped the lock of the first.
            try (Child child = new Child(file)) {
                assertThat(child.firstLine()).contains("BusyException").contains("held by process " + me);
            }
            assertThat(device.report().count(BlockState.FREE)).isPositive();
        }
        open().close();
    }

    @Test
    void anOwnerInAnotherProcessIsNamedAndLeavesNoLockWhenKilled() throws Exception {
        try (Child child = new Child(file)) {
            assertThat(child.firstLine()).isEqualTo("open");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(this::open)
                        .isInstanceOf(BusyException.class)
                        .hasMessageContaining("held by process " + child.process.pid());
            }
            child.process.destroyForcibly().waitFor();
        }
        try (Rig rig = new Rig(open())) {
            // The child wrote and was killed: what it was told is done is there.
            long block = rig.blockIn(BlockState.OPEN, 0);
            assertThat(rig.writePointer(block)).isEqualTo(12);
            rig.read(block);
            rig.assertData(0, block);
        }
    }

    @Test
    void aPowerCutLeavesTheLockToClose() throws Exception {
        try (Rig rig = new Rig(Ocssd.openDevice("emu:" + file + "?cut=1", real))) {
            long block = rig.freeBlock(0);
            assertThatThrownBy(() -> rig.write(block, 2)).isInstanceOf(GoneException.class);
            assertThatThrownBy(this::open).isInstanceOf(BusyException.class);
        }
        open().close();
    }

    /** Another process that opens the image, says so and waits to be killed. */
    private static final class Child implements AutoCloseable {
        private final Process process;

        Child(Path file) throws IOException {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            Owner.class.getName(),
                            file.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        }

        String firstLine() throws IOException {
            BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
            return lines.readLine();
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }

    /** What the other process runs. */
    static final class Owner {
        private Owner() {}

        public static void main(String[] arguments) throws Exception {
            try (Rig rig = new Rig(Ocssd.openDevice("emu:" + arguments[0], Scheduler.real()))) {
                long block = rig.freeBlock(0);
                rig.write(block, 4);
                rig.write(block + 4, 8);
                System.out.println("open");
                // Until it is killed; or its parent is gone.
                while (System.in.read() >= 0) {}
            } catch (BusyException e) {
                System.out.println(e);
            }
        }
    }
}
