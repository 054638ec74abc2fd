package io.ocssd.geometry.decorator.faults;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import org.junit.jupiter.api.Test;

/** Faults on zones, appends, copies, random-write blocks, blocks of another size, and with DULBE off. */
final class UnusualDevicesTest {
    private static TestDrive drive(String shape, Scheduler scheduler, Faults faults) throws Exception {
        return new TestDrive(new FaultyDevice(TestDrive.memory(shape, scheduler), faults, scheduler));
    }

    @Test
    void aZoneThatIsClosedEarlyIsFull() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.ZONES, scheduler, faults)) {
                long zone = drive.ppa(0, 2, 0);
                faults.arm(Fault.earlyClose().at(zone + 5));
                assertThat(drive.write(zone, 8)).isEqualTo(Answer.failed(0x2F1, 5, 8));
                assertThat(drive.state(zone)).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(zone)).isEqualTo(5);
                assertThat(drive.read(zone, 6)).isEqualTo(Answer.failed(0x287, 5, 6));
                drive.assertData(4, zone + 4);
                assertThat(drive.write(zone + 8, 1)).isEqualTo(Answer.failed(0x1B9, 0, 1));
                assertThat(drive.execute(drive.command().open().add(zone)).status())
                        .isEqualTo(0x1BF);
                assertThat(drive.execute(drive.command().finish().add(zone))).isEqualTo(Answer.SUCCESS);
                assertThat(drive.writePointer(zone)).isEqualTo(5);
                assertThat(drive.erase(zone)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.state(zone)).isEqualTo(BlockState.FREE);
            }
        });
    }

    @Test
    void aZoneWhoseResetFailsIsOffline() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.resetFail().nth(2, 9));
            try (TestDrive drive = drive(TestDrive.ZONES, scheduler, faults)) {
                long open = drive.ppa(0, 1, 0);
                long empty = drive.ppa(0, 2, 0);
                assertThat(drive.erase(empty)).isEqualTo(Answer.SUCCESS);
                drive.write(open, 4);
                assertThat(drive.erase(open, empty)).isEqualTo(new Answer(0x2C1, 0b11));
                for (long zone : new long[] {open, empty}) {
                    assertThat(drive.state(zone)).isEqualTo(BlockState.OFFLINE);
                    assertThat(drive.erase(zone)).isEqualTo(Answer.failed(0x1BF, 0, 1));
                    assertThat(drive.write(zone, 1)).isEqualTo(Answer.failed(0x1BB, 0, 1));
                    assertThat(drive.execute(drive.command().finish().add(zone)))
                            .isEqualTo(Answer.failed(0x1BF, 0, 1));
                    assertThat(drive.read(zone)).isEqualTo(Answer.failed(0x1BB, 0, 1));
                }
                // It holds no place among the active ones any more.
                for (int zone = 3; zone < 3 + 5; zone++) {
                    assertThat(drive.write(drive.ppa(0, zone, 0), 1)).isEqualTo(Answer.SUCCESS);
                }
            }
        });
    }

    @Test
    void anAppendMeetsFaultsByWhereItGoes() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.ZONES, scheduler, faults)) {
                long zone = drive.ppa(0, 2, 0);
                faults.arm(Fault.nextUnit().at(zone + 6));
                faults.arm(Fault.earlyClose().at(zone + 13));
                assertThat(append(drive, zone, 4)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.completion.address()).isEqualTo(zone);
                assertThat(append(drive, zone, 4)).isEqualTo(Answer.failed(0x2F0, 2, 4));
                assertThat(drive.completion.address()).isEqualTo(zone + 4);
                assertThat(drive.writePointer(zone)).isEqualTo(7);
                assertThat(append(drive, zone, 4)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.completion.address()).isEqualTo(zone + 7);
                assertThat(append(drive, zone, 4)).isEqualTo(Answer.failed(0x2F1, 2, 4));
                assertThat(drive.writePointer(zone)).isEqualTo(13);
                assertThat(drive.state(zone)).isEqualTo(BlockState.CLOSED);
                assertThat(append(drive, zone, 1)).isEqualTo(Answer.failed(0x1B9, 0, 1));
                assertThat(drive.read(zone, 14)).isEqualTo(new Answer(0x281, 1 << 6 | 1 << 13));

                faults.arm(Fault.earlyClose().block(drive.ppa(0, 3, 0)).nth(2));
                assertThat(append(drive, drive.ppa(0, 3, 0), 4)).isEqualTo(Answer.SUCCESS);
                assertThat(append(drive, drive.ppa(0, 3, 0), 4)).isEqualTo(Answer.failed(0x2F1, 0, 4));
            }
        });
    }

    private static Answer append(TestDrive drive, long zone, int sectors) throws Exception {
        drive.pattern(TestDrive.run(zone, sectors));
        return drive.execute(drive.command().append(drive.out, 0).range(zone, sectors));
    }

    private static Answer copy(TestDrive drive, long from, long to, int sectors) throws Exception {
        drive.command().copy();
        for (int i = 0; i < sectors; i++) {
            drive.command().add(from + i).addDestination(to + i);
        }
        return drive.execute(drive.command());
    }

    @Test
    void aCopyReadsItsSourcesAndProgramsItsDestinations() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.SHAPE + "&copy=on", scheduler, faults)) {
                long source = drive.ppa(0, 0, 0);
                long a = drive.ppa(1, 0, 0);
                long b = drive.ppa(2, 0, 0);
                drive.fill(source);
                faults.arm(Fault.unreadable().at(source + 9));
                assertThat(copy(drive, source + 8, a, 4)).isEqualTo(Answer.failed(0x281, 1, 2));
                assertThat(drive.state(a)).isEqualTo(BlockState.FREE);
                faults.arm(Fault.earlyClose().at(a + 3));
                assertThat(copy(drive, source, a, 4)).isEqualTo(Answer.failed(0x2F1, 3, 4));
                assertThat(drive.writePointer(a)).isEqualTo(3);
                assertThat(copy(drive, a + 2, b, 2)).as("behind the end").isEqualTo(Answer.failed(0x287, 1, 2));
                assertThat(copy(drive, source, a, 2)).as("closed").isEqualTo(Answer.failed(0x280, 0, 2));
                faults.arm(Fault.nextUnit().at(b + 2));
                drive.command().copy();
                for (int i = 0; i < 8; i++) {
                    drive.command().add(source + i).addDestination(b + i);
                }
                drive.command().add(source).addDestination(drive.ppa(3, 0, 0));
                drive.command().add(source + 1).addDestination(drive.ppa(3, 0, 1));
                assertThat(drive.execute(drive.command())).isEqualTo(Answer.failed(0x2F0, 2, 8));
                assertThat(drive.writePointer(b)).isEqualTo(4);
                assertThat(drive.writePointer(drive.ppa(3, 0, 0))).isEqualTo(2);
                assertThat(drive.device.counters().programmedSectors()).isEqualTo(24 + 3 + 2 + 2);
            }
        });
    }

    @Test
    void aRandomBlockGoesOn() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.SHAPE + "&randomBlocks=1", scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                faults.arm(Fault.earlyClose().at(block + 5).nth(1));
                faults.arm(Fault.nextUnit().at(block + 9).nth(1));
                assertThat(drive.write(block + 4, 3)).isEqualTo(Answer.failed(0x280, 1, 3));
                assertThat(drive.write(block + 8, 4)).isEqualTo(Answer.failed(0x280, 1, 4));
                assertThat(faults.damage()).isEmpty();
                assertThat(drive.write(block + 4, 8)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.read(block + 4, 8)).isEqualTo(Answer.SUCCESS);
                drive.assertData(7, block + 11);
                faults.arm(Fault.resetFail());
                assertThat(drive.erase(block)).isEqualTo(Answer.failed(0x2C1, 0, 1));
                assertThat(drive.state(block)).isEqualTo(BlockState.OFFLINE);
            }
        });
    }

    @Test
    void aShortBlockIsMadeFullAtItsOwnEnd() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.earlyClose().sectors(1, 1));
            try (TestDrive drive = drive(TestDrive.SHAPE + "&shortBlocks=12", scheduler, faults)) {
                for (int block = 0; block < drive.geometry.blocks(); block++) {
                    long ppa = drive.geometry.blockPpa(block);
                    assertThat(drive.write(ppa, 2)).isEqualTo(Answer.failed(0x2F1, 1, 2));
                    assertThat(drive.erase(ppa)).isEqualTo(Answer.SUCCESS);
                    assertThat(drive.device.counters().programmedSectors()).isEqualTo(block + 1);
                }
            }
        });
    }

    @Test
    void anEarlyCloseGivesItsPlaceAmongTheOpenBlocksBack() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.earlyClose().sectors(2, 2));
            try (TestDrive drive = drive(TestDrive.SHAPE + "&maxOpen=1", scheduler, faults)) {
                for (int block = 0; block < 6; block++) {
                    assertThat(drive.write(drive.ppa(0, block, 0), 4)).isEqualTo(Answer.failed(0x2F1, 2, 4));
                }
            }
        });
    }

    @Test
    void withoutDulbeWhatIsAbsentReadsAsZeros() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.SHAPE, scheduler, faults)) {
                long early = drive.ppa(0, 1, 0);
                long offline = drive.ppa(0, 2, 0);
                faults.arm(Fault.earlyClose().at(early + 3));
                faults.arm(Fault.resetFail().block(offline));
                drive.write(early, 4);
                drive.fill(offline);
                drive.erase(offline);
                drive.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
                assertThat(drive.read(early + 2, early + 3, offline, early + 23))
                        .isEqualTo(Answer.SUCCESS);
                drive.assertData(0, early + 2);
                for (int i = 1; i < 4; i++) {
                    assertThat(TestDrive.bytes(drive.in, i, 512)).containsOnly(0);
                    assertThat(TestDrive.bytes(drive.oobIn, i, 8)).containsOnly(0);
                }
                drive.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, DeviceAdmin.DULBE);
                assertThat(drive.read(early + 2, early + 3, offline)).isEqualTo(Answer.failed(0x287, 1, 3));
            }
        });
    }

    @Test
    void misuseIsFoundAtOnceOnDetoursToo() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.unreadable(), Fault.earlyClose(), Fault.resetFail());
            try (TestDrive drive = drive(TestDrive.SHAPE + "&copy=on", scheduler, faults)) {
                assertThatThrownBy(() -> drive.queue.submit(drive.command().erase()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("count=0");
                assertThatThrownBy(() -> drive.queue.submit(
                                drive.command().read(drive.in, 512).range(0, 64)))
                        .hasMessageContaining("data buffer is too small");
                assertThatThrownBy(() -> drive.queue.submit(
                                drive.command().write(null, 0).add(0)))
                        .hasMessageContaining("data=null");
                assertThatThrownBy(
                                () -> drive.queue.submit(drive.command().copy().add(0)))
                        .hasMessageContaining("sources=1, destinations=0");
                assertThat(drive.queue.inFlight()).isZero();
                assertThat(drive.execute(drive.command().write(drive.out, 0).range(0, 64))
                                .status())
                        .as("past the end")
                        .isEqualTo(0x280);
                drive.queue.close();
                drive.queue.close();
                assertThatThrownBy(() -> drive.queue.poll(drive.completion)).hasMessageContaining("queue is closed");
            }
        });
    }
}
