package io.ocssd.geometry.decorator.faults;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static io.ocssd.geometry.decorator.TestDrive.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Longs;
import io.ocssd.device.BlockState;
import io.ocssd.device.ByteClass;
import io.ocssd.device.Completion;
import io.ocssd.device.DeviceCounters;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import org.junit.jupiter.api.Test;

/** Programs that fail: what is written, what is answered, what stays, what is counted. */
final class ProgramFaultsTest {
    private static final int UNITS = 2;

    private static TestDrive drive(Scheduler scheduler, Faults faults) throws Exception {
        return new TestDrive(new FaultyDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), faults, scheduler));
    }

    @Test
    void anEarlyCloseLeavesTheSectorsBeforeIt() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 1, 0);
                faults.arm(Fault.earlyClose().at(block + 9));
                assertThat(drive.write(block, 4)).isEqualTo(Answer.SUCCESS);
                // In the middle of a unit, like recordings of one model show.
                assertThat(drive.write(block + 4, 8)).isEqualTo(Answer.failed(0x2F1, 5, 8));
                assertThat(drive.state(block)).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(block)).isEqualTo(9);
                // No window any more, and nothing of what failed.
                assertThat(drive.read(block, 10)).isEqualTo(Answer.failed(0x287, 9, 10));
                for (int i = 0; i < 9; i++) {
                    drive.assertData(i, block + i);
                }
                drive.assertUntouched(9);
                assertThat(drive.write(block + 9, 2)).isEqualTo(Answer.failed(0x280, 0, 2));
                assertThat(drive.write(block + 12, 2)).isEqualTo(Answer.failed(0x280, 0, 2));
                assertThat(faults.damage()).hasToString("[ch=0,lun=0,blk=1,sec=0 closed at 9]");
                assertThat(faults.fired(FaultKind.EARLY_CLOSE)).isEqualTo(1);
            }
        });
    }

    @Test
    void anErasedBlockIsWholeAgainAndItsBadSectorIsNot() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.earlyClose().sectors(3, 3));
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(2, 0, 0);
                for (int round = 1; round <= 2; round++) {
                    assertThat(drive.write(block, 4)).isEqualTo(Answer.failed(0x2F1, 3, 4));
                    assertThat(drive.writePointer(block)).isEqualTo(3);
                    assertThat(drive.erase(block)).isEqualTo(Answer.SUCCESS);
                    assertThat(drive.state(block)).isEqualTo(BlockState.FREE);
                    assertThat(drive.device.report().eraseCount(drive.geometry.blockIndex(block)))
                            .isEqualTo(round);
                    assertThat(drive.read(block)).isEqualTo(Answer.failed(0x287, 0, 1));
                }
                faults.disarmAll();
                drive.fill(block);
                assertThat(drive.read(block, 24)).isEqualTo(Answer.SUCCESS);
                drive.assertData(23, block + 23);
                assertThat(faults.damage()).isEmpty();
            }
        });
    }

    @Test
    void theFirstSectorOfAFreeBlockMayFail() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.earlyClose().nth(1));
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                assertThat(drive.write(block, 4)).isEqualTo(Answer.failed(0x2F1, 0, 4));
                assertThat(drive.state(block)).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(block)).isZero();
                assertThat(drive.read(block)).isEqualTo(Answer.failed(0x287, 0, 1));
                assertThat(drive.erase(block)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.write(block, 4)).isEqualTo(Answer.SUCCESS);
            }
        });
    }

    @Test
    void aFaultOfThePlanMayFailTheNextResetToo() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.earlyClose().sectors(3, 3).thenResetFails());
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(1, 2, 0);
                drive.write(block, 4);
                assertThat(drive.erase(block)).isEqualTo(Answer.failed(0x2C1, 0, 1));
                assertThat(drive.state(block)).isEqualTo(BlockState.OFFLINE);
                assertThat(drive.erase(block)).isEqualTo(Answer.failed(0x2C0, 0, 1));
                assertThat(drive.read(block)).isEqualTo(Answer.failed(0x287, 0, 1));
            }
        });
    }

    @Test
    void aLostUnitIsUnreadableAndTheBlockGoesOn() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(3, 5, 0);
                faults.arm(Fault.nextUnit().at(block + 5).nth(1));
                // Of sectors 2 to 9 the unit 4 to 5 is lost, and what follows it is not written.
                assertThat(drive.write(block, 2)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.write(block + 2, 8)).isEqualTo(Answer.failed(0x2F0, 2, 8));
                assertThat(drive.state(block)).isEqualTo(BlockState.OPEN);
                assertThat(drive.writePointer(block)).isEqualTo(6);
                assertThat(drive.write(block + 10, 2)).isEqualTo(Answer.failed(0x2F2, 0, 2));
                drive.fill(block);
                assertThat(drive.read(block + 3, block + 4, block + 6, block + 5, block + 23))
                        .isEqualTo(new Answer(0x281, 0b01010));
                drive.assertData(0, block + 3);
                drive.assertUntouched(1);
                drive.assertData(2, block + 6);
                drive.assertUntouched(3);
                drive.assertData(4, block + 23);
                assertThat(drive.erase(block)).isEqualTo(Answer.SUCCESS);
                drive.fill(block);
                assertThat(drive.read(block, 24)).isEqualTo(Answer.SUCCESS);
            }
        });
    }

    @Test
    void theUnitThatFillsABlockMayBeLost() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                faults.arm(Fault.nextUnit().at(block + 23));
                assertThat(drive.write(block, 24)).isEqualTo(Answer.failed(0x2F0, 22, 24));
                assertThat(drive.state(block)).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(block)).isEqualTo(24);
                assertThat(drive.read(block, 24)).isEqualTo(Answer.failed(0x281, 22, 24));
            }
        });
    }

    @Test
    void otherRunsOfAVectorAreWritten() throws Exception {
        for (Fault fault : new Fault[] {Fault.earlyClose(), Fault.nextUnit()}) {
            inBothTimes(scheduler -> {
                Faults faults = new Faults(1);
                try (TestDrive drive = drive(scheduler, faults)) {
                    long a = drive.ppa(0, 1, 0);
                    long b = drive.ppa(1, 1, 0);
                    long c = drive.ppa(2, 1, 0);
                    faults.arm(fault.at(b + 2));
                    int status = fault.kind() == FaultKind.EARLY_CLOSE ? 0x2F1 : 0x2F0;
                    assertThat(drive.write(Longs.concat(run(a, 4), run(b, 6), run(c, 8))))
                            .isEqualTo(Answer.failed(status, 6, 10));
                    assertThat(drive.writePointer(a)).isEqualTo(4);
                    assertThat(drive.writePointer(b)).isEqualTo(status == 0x2F1 ? 2 : 4);
                    assertThat(drive.writePointer(c)).isEqualTo(8);
                    drive.fill(a);
                    drive.fill(c);
                    assertThat(drive.read(a + 3, c + 7)).isEqualTo(Answer.SUCCESS);
                    drive.assertData(0, a + 3);
                    drive.assertData(1, c + 7);
                }
            });
        }
    }

    @Test
    void severalRunsOfAVectorMayFail() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                faults.arm(Fault.earlyClose().at(a + 1));
                faults.arm(Fault.nextUnit().at(b));
                assertThat(drive.write(Longs.concat(run(a, 4), run(b, 4)))).isEqualTo(Answer.failed(0x2F0, 1, 8));
                assertThat(drive.state(a)).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(a)).isEqualTo(1);
                assertThat(drive.state(b)).isEqualTo(BlockState.OPEN);
                assertThat(drive.writePointer(b)).isEqualTo(2);
            }
        });
    }

    @Test
    void whatTheDeviceRefusesMeetsNoFault() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.earlyClose().sectors(0, 7), Fault.nextUnit());
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                assertThat(drive.write(a, 3)).isEqualTo(Answer.failed(0x002, 0, 3));
                assertThat(drive.write(a + 2, 2)).isEqualTo(Answer.failed(0x2F2, 0, 2));
                assertThat(drive.write(a, a + 2)).isEqualTo(Answer.failed(0x2F2, 0, 2));
                assertThat(drive.write(Longs.concat(run(a, 8), run(b + 2, 4)))).isEqualTo(Answer.failed(0x2F2, 8, 12));
                assertThat(drive.write(drive.ppa(0, 1, 20), 6)).isEqualTo(Answer.failed(0x280, 0, 6));
                assertThat(drive.device.report().count(BlockState.FREE)).isEqualTo(24);
                assertThat(faults.damage()).isEmpty();
            }
        });
    }

    @Test
    void aVectorThatTheDeviceRefusesLosesNoUnit() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.nextUnit());
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                assertThat(drive.write(Longs.concat(run(a, 8), run(b + 2, 4)))).isEqualTo(Answer.failed(0x2F2, 8, 12));
                assertThat(drive.write(Longs.concat(run(a, 8), run(a + 8, 2), run(b, 3))))
                        .isEqualTo(Answer.failed(0x002, 10, 13));
                assertThat(drive.write(Longs.concat(run(a, 8), run(b, 4), run(a + 8, 4))))
                        .isEqualTo(Answer.failed(0x2F2, 12, 16));
                assertThat(drive.device.report().count(BlockState.FREE)).isEqualTo(24);
                assertThat(faults.damage()).isEmpty();
            }
        });
    }

    @Test
    void aScalarProgramFailsLikeAVector() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                faults.arm(Fault.earlyClose().at(a + 5));
                faults.arm(Fault.nextUnit().at(b + 4));
                assertThat(drive.execute(drive.writingRange(a, 8))).isEqualTo(Answer.failed(0x2F1, 5, 8));
                assertThat(drive.writePointer(a)).isEqualTo(5);
                assertThat(drive.execute(drive.writingRange(b, 8))).isEqualTo(Answer.failed(0x2F0, 4, 8));
                assertThat(drive.writePointer(b)).isEqualTo(6);
                assertThat(drive.readRange(a, 6)).isEqualTo(Answer.failed(0x287, 5, 6));
                drive.assertData(4, a + 4);
                // More than a vector has, which no fault can make any better.
                assertThat(drive.device.limits().wsMin()).isEqualTo(UNITS);
            }
        });
    }

    @Test
    void commandsBehindAFailingProgramMeetWhatItLeft() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                faults.arm(Fault.earlyClose().at(a + 5));
                drive.queue.submit(drive.writing(run(a, 4)).tag(1));
                drive.queue.submit(drive.writing(run(a + 4, 4)).tag(2));
                drive.queue.submit(drive.writing(run(a + 8, 4)).tag(3));
                drive.queue.submit(
                        drive.command().read(drive.in, 0).add(a + 4).add(a + 5).tag(4));
                drive.queue.submit(drive.writing(run(b, 4)).tag(5));
                drive.queue.submit(drive.command().erase().add(a).tag(6));
                drive.queue.submit(drive.writing(run(a, 2)).tag(7));
                assertThat(drive.queue.inFlight()).isEqualTo(7);
                assertThat(drive.queue.await(7, Long.MAX_VALUE)).isEqualTo(7);
                int[] statuses = new int[8];
                long[] failed = new long[8];
                Completion completion = new Completion();
                while (drive.queue.poll(completion)) {
                    statuses[(int) completion.tag()] = completion.status();
                    failed[(int) completion.tag()] = completion.failedAddresses();
                }
                assertThat(statuses).containsExactly(0, 0, 0x2F1, 0x280, 0x287, 0, 0, 0);
                assertThat(failed).containsExactly(0, 0, 0b1110, 0b1111, 0b10, 0, 0, 0);
                assertThat(drive.writePointer(a)).isEqualTo(2);
                assertThat(drive.queue.inFlight()).isZero();
            }
        });
    }

    @Test
    void onlyWhatSucceededIsCounted() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                faults.arm(Fault.earlyClose().at(a + 5));
                faults.arm(Fault.nextUnit().at(b + 5));
                int sector = drive.geometry.sectorBytes();
                drive.execute(drive.writing(run(a, 8)).count(ByteClass.METADATA, 4 * sector));
                assertCounted(drive, 1, 5, 4 * sector, sector);
                drive.execute(drive.writing(run(b, 8)).count(ByteClass.PADDING, 3 * sector));
                assertCounted(drive, 2, 9, 8 * sector, sector);
                drive.erase(a);
                drive.read(b + 4);
                DeviceCounters counters = drive.device.counters();
                assertThat(counters.commands()).isEqualTo(4);
                assertThat(counters.erases()).isEqualTo(1);
                assertThat(counters.readSectors()).isZero();
            }
        });
    }

    private static void assertCounted(TestDrive drive, int commands, int sectors, long payload, long metadata) {
        DeviceCounters counters = drive.device.counters();
        assertThat(counters.commands()).isEqualTo(commands);
        assertThat(counters.programmedSectors()).isEqualTo(sectors);
        assertThat(counters.programmedBytes(ByteClass.PAYLOAD)).isEqualTo(payload);
        assertThat(counters.programmedBytes(ByteClass.METADATA)).isEqualTo(metadata);
        assertThat(counters.programmedBytes()).isEqualTo(counters.programmedSectors() * drive.geometry.sectorBytes());
    }
}
