package io.ocssd.geometry.decorator.faults;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static io.ocssd.geometry.decorator.TestDrive.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Longs;
import io.ocssd.device.BlockState;
import io.ocssd.device.DeviceAdmin;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.geometry.decorator.TestDrive.Answer;
import io.ocssd.scheduler.Scheduler;
import org.junit.jupiter.api.Test;

/** The drive's checks come first and in its order; only what it would accept meets a fault. */
final class RuleOrderTest {
    private static TestDrive drive(String shape, Scheduler scheduler, Faults faults) throws Exception {
        return new TestDrive(new FaultyDevice(TestDrive.memory(shape, scheduler), faults, scheduler));
    }

    private static Answer copy(TestDrive drive, long[] sources, long to) throws Exception {
        drive.command().copy();
        for (int i = 0; i < sources.length; i++) {
            drive.command().add(sources[i]).addDestination(to + i);
        }
        return drive.execute(drive.command());
    }

    private static Answer append(TestDrive drive, long address, int sectors) throws Exception {
        drive.pattern(run(address, sectors));
        return drive.execute(drive.command().append(drive.out, 0).range(address, sectors));
    }

    @Test
    void aSourceThatWasNotWrittenHasNothingToBeUnreadable() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.SHAPE + "&copy=on", scheduler, faults)) {
                long source = drive.ppa(0, 0, 0);
                long free = drive.ppa(1, 0, 0);
                long target = drive.ppa(2, 0, 0);
                drive.fill(source);
                faults.arm(Fault.unreadable().at(free));
                assertThat(copy(drive, new long[] {free, source}, target)).isEqualTo(Answer.failed(0x287, 0, 1));
                faults.arm(Fault.unreadable().at(source + 1));
                assertThat(copy(drive, new long[] {source, source + 1, free, free + 1}, target))
                        .as("all that fail, and the lowest status")
                        .isEqualTo(Answer.failed(0x281, 1, 4));
                assertThat(drive.state(target)).isEqualTo(BlockState.FREE);
                assertThat(faults.fired(FaultKind.UNREADABLE)).isOne();
                assertThat(drive.device.counters().readSectors()).isZero();
                assertThat(drive.device.counters().commands()).isEqualTo(12 + 2);
            }
        });
    }

    @Test
    void withoutDulbeWhatWasNotWrittenIsZerosWhateverIsArmed() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(
                    1, Fault.unreadable().sectors(2, 5), Fault.highEcc().always());
            try (TestDrive drive = drive(TestDrive.SHAPE, scheduler, faults)) {
                long block = drive.ppa(0, 0, 0);
                drive.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
                drive.write(block, 8);
                // Of 8 sectors 4 are in the window.
                assertThat(drive.read(block, 8)).isEqualTo(Answer.failed(0x281, 2, 4));
                assertThat(TestDrive.bytes(drive.in, 4, 512)).containsOnly(0);
                assertThat(drive.read(block + 4, 2)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.read(drive.ppa(1, 0, 3))).isEqualTo(Answer.SUCCESS);
                assertThat(drive.read(block, block + 1, block + 6)).isEqualTo(Answer.failed(0x2D0, 0, 2));
                assertThat(drive.device.counters().readSectors()).isEqualTo(6 + 2 + 1 + 3);
            }
        });
    }

    @Test
    void withoutDulbeACopyOfWhatIsAbsentWritesZeros() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.SHAPE + "&copy=on", scheduler, faults)) {
                long early = drive.ppa(0, 0, 0);
                long target = drive.ppa(1, 0, 0);
                faults.arm(Fault.earlyClose().at(early + 2));
                drive.write(early, 8);
                assertThat(copy(drive, run(early, 4), target)).isEqualTo(Answer.failed(0x287, 2, 4));
                drive.device.admin().setFeature(DeviceAdmin.FEATURE_ERROR_RECOVERY, 0);
                assertThat(copy(drive, run(early, 4), target)).isEqualTo(Answer.SUCCESS);
                drive.fill(target);
                assertThat(drive.read(target, 4)).isEqualTo(Answer.SUCCESS);
                drive.assertData(0, early);
                drive.assertData(1, early + 1);
                assertThat(TestDrive.bytes(drive.in, 1, 1024)).containsOnly(0);
                assertThat(TestDrive.bytes(drive.oobIn, 2, 8)).containsOnly(0);
                assertThat(drive.device.counters().programmedSectors()).isEqualTo(2 + 24);
            }
        });
    }

    @Test
    void anAppendThatIsRefusedMeetsNoFault() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.nextUnit());
            String zones = TestDrive.ZONES.replace("wsMin=1", "wsMin=2");
            try (TestDrive drive = drive(zones, scheduler, faults)) {
                long zone = drive.ppa(0, 1, 0);
                assertThat(append(drive, zone, 3)).isEqualTo(Answer.failed(0x002, 0, 3));
                assertThat(append(drive, zone + 1, 4)).isEqualTo(Answer.failed(0x002, 0, 4));
                assertThat(append(drive, zone, 26)).isEqualTo(Answer.failed(0x1B8, 0, 26));
                assertThat(drive.state(zone)).isEqualTo(BlockState.FREE);
                assertThat(append(drive, zone, 4)).isEqualTo(Answer.failed(0x2F0, 0, 4));
                assertThat(drive.writePointer(zone)).isEqualTo(2);
            }
        });
    }

    @Test
    void anAppendToABrokenZoneNamesItsStartFirst() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.resetFail());
            try (TestDrive drive = drive(TestDrive.ZONES, scheduler, faults)) {
                long zone = drive.ppa(0, 1, 0);
                drive.erase(zone);
                assertThat(append(drive, zone + 3, 2)).isEqualTo(Answer.failed(0x002, 0, 2));
                assertThat(append(drive, zone, 2)).isEqualTo(Answer.failed(0x1BB, 0, 2));
            }
        });
    }

    @Test
    void theFirstRunThatIsWrongIsTold() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.dead().lun(1, 1));
            try (TestDrive drive = drive(TestDrive.SHAPE + "&maxOpen=1", scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                long dead = drive.ppa(3, 1, 0);
                assertThat(drive.write(Longs.concat(run(a + 2, 4), run(dead, 4))))
                        .isEqualTo(Answer.failed(0x2F2, 0, 4));
                assertThat(drive.write(Longs.concat(run(a, 3), run(dead, 4)))).isEqualTo(Answer.failed(0x002, 0, 3));
                assertThat(drive.write(Longs.concat(run(a, 4), run(dead, 4), run(b + 2, 2))))
                        .isEqualTo(Answer.failed(0x280, 4, 8));
                assertThat(drive.write(Longs.concat(run(a, 4), run(b, 4), run(dead, 4))))
                        .as("no place for a second open block")
                        .isEqualTo(Answer.failed(0x280, 4, 8));
                for (long nowhere : new long[] {Ppa.of(2, 0, 0, 0), Ppa.of(2, 0, 1, 0), Ppa.of(0, 0, 6, 0)}) {
                    assertThat(drive.write(Longs.concat(run(nowhere, 2), run(dead, 4))))
                            .as("two blocks that can't be written, one of which does not exist")
                            .isEqualTo(Answer.failed(0x280, 0, 2));
                }
                assertThat(drive.state(a)).isEqualTo(BlockState.FREE);
                assertThat(drive.device.counters().programmedSectors()).isZero();
                assertThat(drive.device.counters().commands()).isEqualTo(7);
            }
        });
    }

    @Test
    void whatTheLimitsRefuseLosesNoUnit() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = Faults.of(1, Fault.nextUnit().sectors(0, 1));
            try (TestDrive drive = drive(TestDrive.SHAPE + "&maxOpen=1", scheduler, faults)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(1, 1, 0);
                assertThat(drive.write(Longs.concat(run(a, 4), run(b, 6)))).isEqualTo(Answer.failed(0x280, 4, 10));
                assertThat(drive.state(a)).isEqualTo(BlockState.FREE);
                assertThat(drive.write(a, 4)).isEqualTo(Answer.failed(0x2F0, 0, 4));
                assertThat(drive.write(b, 6)).as("every bit of the run").isEqualTo(Answer.failed(0x280, 0, 6));
                assertThat(faults.fired(FaultKind.NEXT_UNIT)).isOne();
            }
        });
    }

    @Test
    void whereThereIsNoPlaceToGoOnABlockIsClosed() throws Exception {
        inBothTimes(scheduler -> {
            Faults faults = new Faults(1);
            try (TestDrive drive = drive(TestDrive.SHAPE + "&maxOpen=1", scheduler, faults)) {
                long open = drive.ppa(0, 1, 0);
                long filled = drive.ppa(1, 1, 0);
                drive.write(open, 2);
                faults.arm(Fault.nextUnit().at(filled + 7));
                assertThat(drive.write(filled, 24)).isEqualTo(Answer.failed(0x2F1, 6, 24));
                assertThat(drive.state(filled)).isEqualTo(BlockState.CLOSED);
                assertThat(drive.writePointer(filled)).isEqualTo(6);
                assertThat(drive.read(filled, 7)).isEqualTo(Answer.failed(0x287, 6, 7));
                drive.assertData(5, filled + 5);
                assertThat(drive.write(open + 2, 2)).isEqualTo(Answer.SUCCESS);
                assertThat(drive.device.counters().programmedSectors()).isEqualTo(2 + 6 + 2);
                assertThat(faults.fired(FaultKind.NEXT_UNIT)).isOne();
            }
        });
    }

    @Test
    void whatIsRefusedIsSlowAllTheSame() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                Faults faults = Faults.of(1, Fault.nextUnit(), Fault.slow(5_000_000));
                try (TestDrive drive = drive(TestDrive.SHAPE, scheduler, faults)) {
                    long a = drive.ppa(0, 1, 0);
                    long begin = scheduler.nanoTime();
                    assertThat(drive.write(Longs.concat(run(a, 8), run(drive.ppa(1, 1, 2), 4))))
                            .isEqualTo(Answer.failed(0x2F2, 8, 12));
                    assertThat(scheduler.nanoTime() - begin).isGreaterThan(5_000_000);
                }
                return null;
            });
        }
    }
}
