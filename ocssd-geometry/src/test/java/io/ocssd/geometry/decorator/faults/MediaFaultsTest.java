package io.ocssd.geometry.decorator.faults;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static io.ocssd.geometry.decorator.TestDrive.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.address.DeviceAddressFormat;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.geometry.page.ChunkDescriptor;
import io.ocssd.scheduler.Scheduler;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Reads and erases that fail, LUNs that die or take longer, a device that goes away. */
final class MediaFaultsTest {
    private static TestDrive drive(Scheduler scheduler, Faults faults) throws Exception {
        return new TestDrive(new FaultyDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), faults, scheduler));
    }

    @Test
    void anUnreadableSectorFailsAloneAndForAsLongAsItIsArmed() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(1, 3, 0);
                Fault fault = Fault.unreadable().at(block + 5);
                faults.arm(fault);
                assertThat(drive.read(block + 5)).as("unwritten").isEqualTo(Answer.failed(0x287, 0, 1));
                drive.fill(block);
                assertThat(drive.read(block + 6, block + 5, block + 4)).isEqualTo(Answer.failed(0x281, 1, 2));
                drive.assertData(0, block + 6);
                drive.assertUntouched(1);
                drive.assertData(2, block + 4);
                assertThat(drive.readRange(block + 4, 4)).isEqualTo(Answer.failed(0x281, 1, 2));
                drive.assertData(3, block + 7);
                assertThat(drive.erase(block)).isEqualTo(Answer.SUCCESS);
                drive.fill(block);
                assertThat(drive.read(block + 5)).as("the place is bad").isEqualTo(Answer.failed(0x281, 0, 1));
                faults.disarm(fault);
                assertThat(drive.read(block + 5)).isEqualTo(Answer.SUCCESS);
                assertThat(faults.fired(FaultKind.UNREADABLE)).isEqualTo(3);
                assertThat(drive.device.counters().readSectors()).isEqualTo(2 + 3 + 1);
            }
        });
    }

    @Test
    void whatAPassingFaultBreaksStaysUnreadableUntilItIsErased() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.unreadable().nth(2));
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                drive.fill(block);
                assertThat(drive.read(block, 3)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.read(block + 3, 3)).isEqualTo(Answer.failed(0x281, 0, 3));
                assertThat(drive.read(block + 2, 4)).isEqualTo(Answer.failed(0x281, 1, 4));
                assertThat(faults.damage()).hasToString("[ch=0,lun=0,blk=0,sec=0 unreadable [3, 4, 5]]");
                assertThat(faults.fired(FaultKind.UNREADABLE)).isEqualTo(1);
                drive.erase(block);
                drive.fill(block);
                assertThat(drive.read(block, 24)).isEqualTo(Answer.SUCCESS);
            }
        });
    }

    @Test
    void aHighErrorCountIsReportedWhenItIsAskedFor() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                drive.fill(block);
                faults.arm(Fault.highEcc().at(block + 1));
                assertThat(drive.read(block, 2)).as("nobody asked").isEqualTo(Answer.SUCCESS);
                DeviceAdmin admin = drive.device.admin();
                admin.setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, DeviceAdmin.HIGH_ECC);
                assertThat(admin.feature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK)).isEqualTo(DeviceAdmin.HIGH_ECC);
                assertThat(drive.read(block, 2)).isEqualTo(Answer.failed(0x2D0, 1, 2));
                drive.assertData(1, block + 1);
                faults.arm(Fault.unreadable().at(block));
                assertThat(drive.read(block, 2)).as("something failed").isEqualTo(Answer.failed(0x281, 0, 1));
                admin.setFeature(DeviceAdmin.FEATURE_MEDIA_FEEDBACK, 0);
                faults.arm(Fault.highEcc().at(block + 2).always());
                assertThat(drive.read(block + 1, 2)).as("unasked").isEqualTo(Answer.failed(0x2D0, 1, 2));
                assertThat(faults.fired(FaultKind.HIGH_ECC)).isEqualTo(2);
            }
        });
    }

    @Test
    void anEraseFailsWhereTheDeviceWouldHaveErased() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.resetFail().lun(0, 0));
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                long free = drive.ppa(0, 2, 0);
                drive.fill(a);
                drive.fill(b);
                // Free blocks are not erased, and no fault is seen there.
                assertThat(drive.erase(free, a, b)).isEqualTo(new Answer(0x2C1, 0b011));
                assertThat(drive.state(free)).isEqualTo(BlockState.FREE);
                assertThat(drive.state(a)).isEqualTo(BlockState.OFFLINE);
                assertThat(drive.state(b)).isEqualTo(BlockState.FREE);
                assertThat(drive.erase(b, a)).as("last status").isEqualTo(new Answer(0x2C0, 0b11));
                assertThat(drive.erase(a, b)).as("last status").isEqualTo(new Answer(0x2C1, 0b11));
                assertThat(drive.write(a, 2)).isEqualTo(Answer.failed(0x280, 0, 2));
                assertThat(drive.read(a, b)).isEqualTo(Answer.failed(0x287, 0, 2));
                BlockReport report = drive.device.report();
                assertThat(report.eraseCount(drive.geometry.blockIndex(a))).isZero();
                assertThat(report.eraseCount(drive.geometry.blockIndex(b))).isOne();
                assertThat(drive.device.counters().erases()).isOne();
                assertThat(faults.fired(FaultKind.RESET_FAIL)).isOne();
            }
        });
    }

    @Test
    void anEraseTellsWhatBecameOfEachBlock() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.resetFail().lun(0, 0));
            try (TestDrive drive = drive(scheduler, faults)) {
                long[] blocks = {drive.ppa(1, 1, 0), drive.ppa(0, 1, 0), drive.ppa(2, 1, 0)};
                for (long each : blocks) {
                    drive.fill(each);
                }
                IoBuffer descriptors = new IoBufferPool(IoBufferPool.ALIGNMENT, 1).tryTake();
                int offset = ChunkDescriptor.BYTES;
                for (int i = 0; i < descriptors.capacity(); i++) {
                    descriptors.bytes().put(i, (byte) 0x5A);
                }
                IoCommand erase = drive.command().erase().oob(descriptors, offset);
                for (long each : blocks) {
                    erase.add(each);
                }
                assertThat(drive.execute(erase)).isEqualTo(new Answer(0x2C1, 0b010));
                BlockState[] states = {BlockState.FREE, BlockState.OFFLINE, BlockState.FREE};
                DeviceAddressFormat format = new DeviceAddressFormat(drive.geometry);
                for (int i = 0; i < blocks.length; i++) {
                    ChunkDescriptor told =
                            ChunkDescriptor.decode(descriptors.bytes(), offset + i * ChunkDescriptor.BYTES);
                    int block = drive.geometry.blockIndex(blocks[i]);
                    assertThat(told.state()).as("entry %d", i).isEqualTo(states[i]);
                    assertThat(told).isEqualTo(ChunkDescriptor.of(drive.device.report(), block, format));
                }
                for (int at = 0; at < descriptors.capacity(); at++) {
                    if (at < offset || at >= offset + blocks.length * ChunkDescriptor.BYTES) {
                        assertThat(descriptors.bytes().get(at))
                                .as("byte %d", at)
                                .isEqualTo((byte) 0x5A);
                    }
                }
            }
        });
    }

    @Test
    void aScalarEraseOfPartOfABlockIsTheDevicesToRefuse() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.resetFail());
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 1, 0);
                drive.fill(block);
                assertThat(drive.execute(drive.command().erase().range(block, 23))
                                .status())
                        .isEqualTo(0x080);
                assertThat(drive.execute(drive.command().erase().range(block, 24)))
                        .isEqualTo(Answer.failed(0x2C1, 0, 1));
            }
        });
    }

    @Test
    void aDeadLunFailsEverythingAndTheOthersGoOn() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long dead = drive.ppa(3, 2, 0);
                long good = drive.ppa(2, 2, 0);
                drive.fill(dead);
                drive.fill(good);
                faults.arm(Fault.dead().lun(1, 1));
                assertThat(drive.device.report().count(BlockState.OFFLINE)).isEqualTo(6);
                assertThat(drive.read(good, dead)).isEqualTo(new Answer(0x281, 0b10));
                drive.assertData(0, good);
                drive.assertUntouched(1);
                assertThat(drive.write(drive.ppa(3, 0, 0), 2)).isEqualTo(Answer.failed(0x280, 0, 2));
                assertThat(drive.erase(dead, good)).isEqualTo(new Answer(0x2C0, 0b01));
                faults.disarmAll();
                assertThat(drive.read(dead)).as("dead is dead").isEqualTo(Answer.failed(0x281, 0, 1));
                faults.mend();
                assertThat(drive.read(dead)).isEqualTo(Answer.SUCCESS);
            }
        });
    }

    @Test
    void aLunMayDieAtACommand() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.dead().lun(0, 1).nth(3).of(Operation.WRITE));
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(1, 2, 0);
                assertThat(drive.write(block, 2)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.write(drive.ppa(0, 2, 0), 2)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.write(block + 2, 2)).isEqualTo(Answer.SUCCESS);
                drive.read(block);
                assertThat(drive.state(block)).isEqualTo(BlockState.OPEN);
                assertThat(drive.write(block + 4, 2)).isEqualTo(Answer.failed(0x280, 0, 2));
                assertThat(drive.state(block)).isEqualTo(BlockState.OFFLINE);
                assertThat(faults.fired(FaultKind.DEAD)).isOne();
            }
        });
    }

    @Test
    void aSlowLunAddsTimeAndKeepsTheOrderOfABlock() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(3)) {
            scheduler.run("test", () -> {
                Faults faults = Faults.of(1, Fault.slow(5_000_000).lun(0, 0).of(Operation.WRITE));
                try (TestDrive drive = drive(scheduler, faults)) {
                    long slow = drive.ppa(0, 0, 0);
                    long quick = drive.ppa(1, 0, 0);
                    long begin = scheduler.nanoTime();
                    drive.write(quick, 4);
                    long usual = scheduler.nanoTime() - begin;
                    begin = scheduler.nanoTime();
                    drive.write(slow, 4);
                    assertThat(scheduler.nanoTime() - begin).isEqualTo(usual + 5_000_000);

                    drive.queue.submit(drive.writing(run(slow + 4, 4)).tag(1));
                    drive.queue.submit(drive.command().erase().add(slow).tag(2));
                    drive.queue.submit(drive.writing(run(quick + 4, 4)).tag(3));
                    assertThat(drive.queue.await(3, Long.MAX_VALUE)).isEqualTo(3);
                    int[] tags = new int[3];
                    for (int i = 0; i < 3; i++) {
                        assertThat(drive.queue.poll(drive.completion)).isTrue();
                        tags[i] = (int) drive.completion.tag();
                    }
                    assertThat(tags).containsExactly(3, 1, 2);
                }
                return null;
            });
        }
    }

    @Test
    void awaitingASlowLunEndsAtItsDeadline() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(3)) {
            scheduler.run("test", () -> {
                Faults faults = Faults.of(1, Fault.slow(5_000_000));
                try (TestDrive drive = drive(scheduler, faults)) {
                    long begin = scheduler.nanoTime();
                    drive.queue.submit(drive.writing(run(drive.ppa(0, 0, 0), 4)));
                    assertThat(drive.queue.await(1, begin + 4_000_000)).isZero();
                    assertThat(scheduler.nanoTime()).isEqualTo(begin + 4_000_000);
                    assertThat(drive.queue.poll(drive.completion)).isFalse();
                    assertThat(drive.queue.await(0, 0)).isZero();
                    assertThat(drive.queue.await(9, Long.MAX_VALUE)).isOne();
                    assertThatThrownBy(() -> drive.queue.await(-1, 0)).hasMessageContaining("min=-1");
                }
                return null;
            });
        }
    }

    @Test
    void aDeviceGoesAwayAtACommandAndIsGone() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.gone().nth(3));
            TestDrive drive = drive(scheduler, faults);
            long block = drive.ppa(0, 0, 0);
            drive.write(block, 2);
            drive.queue.submit(drive.writing(run(block + 2, 2)));
            String message = "a fault took the device away at a command to read ch=0,lun=0,blk=0,sec=0";
            assertThatThrownBy(() -> drive.read(block))
                    .isInstanceOf(GoneException.class)
                    .hasMessage(message);
            assertThatThrownBy(() -> drive.queue.poll(drive.completion)).hasMessage(message);
            assertThatThrownBy(() -> drive.queue.await(1, Long.MAX_VALUE)).hasMessage(message);
            assertThatThrownBy(() -> drive.device.report()).hasMessage(message);
            assertThatThrownBy(() -> drive.device.openQueue(1)).hasMessage(message);
            assertThat(drive.device.counters().commands()).isPositive();
            drive.close();
            try (TestDrive again = drive(scheduler, faults)) {
                assertThat(again.write(block, 2)).as("once").isEqualTo(Answer.SUCCESS);
            }
        });
    }

    @Test
    void thePageOfChunksShowsTheDamage() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = new TestDrive(new FaultyDevice(
                    new PagedDevice(TestDrive.memory(TestDrive.SHAPE, scheduler)), faults, scheduler))) {
                long early = drive.ppa(0, 1, 0);
                faults.arm(Fault.earlyClose().at(early + 3));
                drive.write(early, 4);
                faults.arm(Fault.dead().lun(1, 1));
                for (int offset : new int[] {0, 4, 24, 28, 32, 56, 60}) {
                    for (int length : new int[] {0, 4, 32, 96, 24 * 32 - offset}) {
                        assertPage(drive, offset, length);
                    }
                }
            }
        });
    }

    private static void assertPage(TestDrive drive, int offset, int length) throws Exception {
        byte[] expected = new byte[24 * 32];
        expected[32] = 0x2;
        expected[32 + 24] = 3;
        for (int block = 18; block < 24; block++) {
            expected[32 * block] = 0x8;
            for (int i = 24; i < 32; i++) {
                expected[32 * block + i] = -1;
            }
        }
        ByteBuffer page = ByteBuffer.allocate(length + 2).position(1).limit(length + 1);
        drive.device.admin().logPage(DeviceAdmin.LOG_CHUNK_INFORMATION, offset, page);
        assertThat(page.position()).isEqualTo(length + 1);
        byte[] bytes = new byte[length];
        page.get(1, bytes);
        byte[] wanted = Arrays.copyOfRange(expected, offset, offset + length);
        assertThat(bytes).as("offset=%d, length=%d", offset, length).isEqualTo(wanted);
    }

    @Test
    void aPlanThatDoesNotFitTheDeviceIsRefused() throws Exception {
        inBothTimes(scheduler -> {
            Faults outside = Faults.of(1, Fault.parse("early-close group=0 punit=2"));
            assertThatThrownBy(() -> drive(scheduler, outside))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("fault \"early-close group=0 punit=2\": punit=2 is not on this device; possible: 0-1");
            Faults faults = new Faults(1);
            drive(scheduler, faults).close();
            assertThatThrownBy(() -> faults.arm(Fault.parse("unreadable sectr=20-24")))
                    .hasMessageContaining("sectr=20-24 is not on this device; possible: 0-23");
            assertThat(faults.armed()).isEmpty();
            faults.arm(Fault.parse("unreadable sectr=20-*"));
            assertThatThrownBy(() -> new FaultyDevice(
                            TestDrive.memory(TestDrive.SHAPE.replace("sectors=24", "sectors=32"), scheduler),
                            faults,
                            scheduler))
                    .hasMessageStartingWith("the plan belongs to a device of another shape");
        });
    }
}
