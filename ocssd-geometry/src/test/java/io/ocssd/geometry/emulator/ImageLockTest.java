package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.FlashDevice;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
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
            try (OwnerProcess child = new OwnerProcess(file, "hold")) {
                assertThat(child.nextLine()).contains("BusyException").contains("held by process " + me);
            }
            assertThat(device.report().count(BlockState.FREE)).isPositive();
        }
        open().close();
    }

    @Test
    void anOwnerInAnotherProcessIsNamedAndLeavesNoLockWhenKilled() throws Exception {
        try (OwnerProcess child = new OwnerProcess(file, "hold")) {
            assertThat(child.nextLine()).isEqualTo("open");
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(this::open)
                        .isInstanceOf(BusyException.class)
                        .hasMessageContaining("held by process " + child.pid());
            }
            child.kill();
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
    void aDeviceThatWasForgottenKeepsItsImage() throws Exception {
        Reference<FlashDevice> forgotten = new WeakReference<>(open());
        for (int tries = 0; tries < 1000 && forgotten.get() != null; tries++) {
            System.gc();
        }
        assertThatThrownBy(this::open).isInstanceOf(BusyException.class);
        try (OwnerProcess child = new OwnerProcess(file, "hold")) {
            assertThat(child.nextLine()).contains("BusyException");
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
}
