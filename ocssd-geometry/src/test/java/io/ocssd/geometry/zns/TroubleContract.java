package io.ocssd.geometry.zns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.contract.Rig;
import io.ocssd.geometry.contract.Rig.Outcome;
import io.ocssd.geometry.natives.Errno;
import io.ocssd.geometry.zns.ZonedDouble.Answer;
import io.ocssd.geometry.zns.ZonedDouble.Call;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of commands when the kernel answers otherwise than it usually does. */
abstract class TroubleContract {
    private static final int SECTOR = 4096;

    @TempDir
    Path directory;

    private final Scheduler scheduler = Scheduler.real();
    private final boolean hasRing;
    private ZonedDouble kernel;
    private FlashDevice device;
    private Rig rig;
    private long zone;

    TroubleContract(boolean hasRing) {
        this.hasRing = hasRing;
    }

    @BeforeEach
    void openDrive() throws Exception {
        kernel = new ZonedDouble(8, 1 << 20, 768 << 10, SECTOR, 4, 6);
        kernel.hasRing = hasRing;
        device = new DoubledHost(directory, kernel).open(scheduler);
        rig = new Rig(device);
        zone = device.geometry().blockPpa(3);
    }

    @AfterEach
    void closeDrive() {
        rig.close();
        scheduler.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {Errno.EINTR, Errno.EAGAIN, Errno.EBUSY, Errno.ENOMEM})
    void whatPassesIsTriedAgain(int errno) throws Exception {
        for (Call each : new Call[] {Call.WRITE, Call.READ, Call.IOCTL}) {
            kernel.answer(each, Answer.errno(errno));
            kernel.answer(each, Answer.errno(errno));
        }
        int before = kernel.calls(Call.IOCTL);
        assertThat(rig.write(zone, 8)).isEqualTo(Outcome.SUCCESS);
        assertThat(kernel.calls(Call.WRITE)).isEqualTo(3);
        rig.assertReadable(zone, 0, 8);
        assertThat(kernel.calls(Call.READ)).isEqualTo(3);
        assertThat(rig.erase(zone)).isEqualTo(Outcome.SUCCESS);
        assertThat(kernel.calls(Call.IOCTL) - before).isEqualTo(3);
        assertThat(kernel.condition(3)).isEqualTo(ZoneLayout.CONDITION_EMPTY);
    }

    @Test
    void aSignalCanComeAnyNumberOfTimes() throws Exception {
        for (int i = 0; i < 1000; i++) {
            kernel.answer(Call.WRITE, Answer.errno(Errno.EINTR));
        }
        assertThat(rig.write(zone, 1)).isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void aDriveThatStaysBusyFailsInTheEnd() throws Exception {
        for (int i = 0; i < 12; i++) {
            kernel.answer(Call.WRITE, Answer.errno(Errno.EBUSY));
        }
        assertThat(rig.write(zone, 4)).isEqualTo(rig.refused(0x280, 0, 4));
        assertThat(kernel.calls(Call.WRITE)).isEqualTo(hasRing ? 12 : 11);
    }

    @Test
    void whatWasMovedInPartIsContinued() throws Exception {
        kernel.answer(Call.WRITE, bytes -> SECTOR);
        kernel.answer(Call.WRITE, bytes -> bytes - 2 * SECTOR);
        assertThat(rig.write(zone, 16)).isEqualTo(Outcome.SUCCESS);
        assertThat(kernel.calls(Call.WRITE)).isEqualTo(3);
        kernel.answer(Call.READ, bytes -> SECTOR);
        kernel.answer(Call.READ, bytes -> 3 * SECTOR);
        rig.assertReadable(zone, 0, 16);
        assertThat(kernel.calls(Call.READ)).isEqualTo(3);
    }

    @Test
    void aProgramThatFailsHalfwayLeavesWhatWasWritten() throws Exception {
        kernel.answer(Call.WRITE, bytes -> 5 * SECTOR);
        kernel.answer(Call.WRITE, Answer.errno(Errno.EIO));
        assertThat(rig.write(zone, 16)).isEqualTo(rig.refused(0x280, 5, 16));
        assertThat(rig.writePointer(zone)).isEqualTo(5);
        assertThat(rig.state(zone)).isEqualTo(BlockState.CLOSED);
        rig.assertReadable(zone, 0, 5);
        assertThat(rig.write(zone + 5, 1)).as("no more writes").isEqualTo(rig.refused(0x1BA, 0, 1));
        assertThat(kernel.written(3)).isEqualTo(5L * SECTOR);
    }

    @Test
    void theKernelsLimitsKeepTheirStatus() throws Exception {
        kernel.answer(Call.WRITE, Answer.errno(Errno.EOVERFLOW));
        assertThat(rig.write(zone, 1)).isEqualTo(rig.refused(0x1BD, 0, 1));
        kernel.answer(Call.WRITE, Answer.errno(Errno.ETOOMANYREFS));
        assertThat(rig.write(zone, 1)).isEqualTo(rig.refused(0x1BE, 0, 1));
        assertThat(rig.state(zone)).isEqualTo(BlockState.FREE);
        assertThat(rig.write(zone, 1)).as("nothing else is wrong").isEqualTo(Outcome.SUCCESS);
    }

    @Test
    void sectorsThatCannotBeReadAreToldOneByOne() throws Exception {
        rig.write(zone, 8);
        kernel.answer(Call.READ, Answer.errno(Errno.EIO));
        kernel.answer(Call.READ, bytes -> bytes);
        kernel.answer(Call.READ, bytes -> bytes);
        kernel.answer(Call.READ, Answer.errno(Errno.ENODATA));
        assertThat(rig.read(Rig.run(zone, 8))).isEqualTo(rig.refused(0x281, 2, 3));
        rig.assertData(1, zone + 1);
        rig.assertData(7, zone + 7);
        assertThat(rig.data(2)).isEqualTo(rig.untouched());
    }

    @Test
    void aResetThatFailsTakesTheZoneOutOfUse() throws Exception {
        rig.write(zone, 1);
        kernel.answer(Call.IOCTL, Answer.errno(Errno.EIO));
        assertThat(rig.erase(zone)).isEqualTo(rig.refused(0x1BB, 0, 1));
        assertThat(rig.state(zone)).isEqualTo(BlockState.OFFLINE);
    }

    @Test
    void aFinishThatFailsChangesNothing() throws Exception {
        rig.write(zone, 1);
        kernel.answer(Call.IOCTL, Answer.errno(Errno.EIO));
        assertThat(rig.finish(zone)).isEqualTo(rig.refused(0x1BF, 0, 1));
        assertThat(rig.state(zone)).isEqualTo(BlockState.OPEN);
        assertThat(rig.writePointer(zone)).isEqualTo(1);
    }

    @Test
    void aZoneOfWhichTheDriveTellsNothingAnyMoreTakesNoMoreWrites() throws Exception {
        kernel.answer(Call.WRITE, bytes -> 5 * SECTOR);
        kernel.answer(Call.WRITE, Answer.errno(Errno.EIO));
        kernel.answer(Call.IOCTL, Answer.errno(Errno.EIO));
        assertThat(rig.write(zone, 16)).isEqualTo(rig.refused(0x280, 5, 16));
        assertThat(rig.writePointer(zone)).isEqualTo(5);
        assertThat(rig.write(zone + 5, 1)).isEqualTo(rig.refused(0x1BA, 0, 1));
        rig.assertReadable(zone, 0, 5);
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aQueueWhoseOwnerIsElsewhereKeepsNobodyWaiting() throws Exception {
        try (IoQueue other = device.openQueue(2)) {
            other.submit(
                    new IoCommand().write(rig.out, 0).addRun(device.geometry().blockPpa(1), 1));
            other.submit(new IoCommand().write(rig.out, 0).addRun(zone, 1));
            // Nobody looks after the other queue now.
            assertThat(rig.erase(zone)).isEqualTo(Outcome.SUCCESS);
            assertThat(other.await(2, Long.MAX_VALUE)).isEqualTo(2);
        }
        // Commands of different queues have no order: the erase may have come before the write.
        assertThat(rig.state(zone)).isIn(BlockState.FREE, BlockState.OPEN);
        assertThat(rig.writePointer(zone)).isEqualTo(rig.state(zone) == BlockState.FREE ? 0 : 1);
    }

    @Test
    void aClosedQueueIsNotTouchedAnyMore() throws Exception {
        IoQueue closed = device.openQueue(2);
        closed.submit(new IoCommand().write(rig.out, 0).addRun(zone, 1));
        closed.close();
        assertThat(rig.writePointer(zone)).isEqualTo(1);
        assertThatThrownBy(() -> closed.poll(new Completion()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("closed");
        assertThatThrownBy(() -> closed.await(0, 0)).isInstanceOf(IllegalStateException.class);
        closed.close();
    }

    @Test
    void aDriveThatIsUnplugged() throws Exception {
        kernel.answer(Call.WRITE, Answer.errno(Errno.ENODEV));
        assertThat(rig.queue.submit(new IoCommand().write(rig.out, 0).addRun(zone, 1)))
                .isTrue();
        assertThatThrownBy(() -> {
                    rig.queue.await(1, Long.MAX_VALUE);
                    rig.queue.poll(new Completion());
                })
                .isInstanceOf(GoneException.class)
                .hasMessageContaining("not there any more (ENODEV)");
        assertThatThrownBy(() -> device.report()).isInstanceOf(GoneException.class);
    }

    @Test
    void memoryThatIsNotAlignedIsMisuse() {
        assertThatThrownBy(() ->
                        rig.queue.submit(new IoCommand().write(rig.out, 512).addRun(zone, 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("dataOffset=512")
                .hasMessageContaining("4096 bytes");
        assertThat(rig.queue.inFlight()).isZero();
    }
}
