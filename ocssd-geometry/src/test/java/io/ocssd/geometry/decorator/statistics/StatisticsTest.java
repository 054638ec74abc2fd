package io.ocssd.geometry.decorator.statistics;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static io.ocssd.geometry.decorator.TestDrive.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.IoQueue;
import io.ocssd.error.BusyException;
import io.ocssd.error.NotFoundException;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures of a device. */
final class StatisticsTest {
    @TempDir
    Path directory;

    private static LunStatistics row(DeviceStatistics statistics, int lun, Operation operation) {
        return statistics.luns().stream()
                .filter(each -> each.lunIndex() == lun && each.operation() == operation)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void everyLunAndOperationHasARow() throws Exception {
        inBothTimes(scheduler -> {
            StatisticsDevice device = new StatisticsDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), scheduler);
            try (TestDrive drive = new TestDrive(device)) {
                assertThat(device.snapshot().luns()).isEmpty();
                drive.write(run(drive.ppa(0, 0, 0), 24));
                drive.execute(drive.writingRange(drive.ppa(3, 0, 0), 6));
                drive.read(drive.ppa(0, 0, 1), drive.ppa(3, 0, 0), drive.ppa(3, 0, 5), drive.ppa(0, 0, 2));
                drive.readRange(drive.ppa(0, 0, 0), 3);
                drive.erase(drive.ppa(0, 0, 0), drive.ppa(3, 0, 0));
                DeviceStatistics statistics = device.snapshot();
                assertThat(statistics.luns())
                        .extracting(each -> each.lunIndex() + " " + each.operation())
                        .containsExactly("0 READ", "0 WRITE", "0 ERASE", "3 READ", "3 WRITE", "3 ERASE");
                assertThat(row(statistics, 0, Operation.WRITE).sectors()).isEqualTo(24);
                assertThat(row(statistics, 0, Operation.WRITE).bytes()).isEqualTo(24 * 512);
                assertThat(row(statistics, 3, Operation.WRITE).sectors()).isEqualTo(6);
                LunStatistics read = row(statistics, 0, Operation.READ);
                assertThat(read.commands()).isEqualTo(2);
                assertThat(read.failedCommands()).isOne();
                assertThat(read.sectors()).isEqualTo(2 + 3);
                assertThat(read.latencyNanos().getTotalCount()).isEqualTo(2);
                LunStatistics failed = row(statistics, 3, Operation.READ);
                assertThat(failed.failedCommands()).isOne();
                assertThat(failed.sectors()).as("the last is inside the window").isEqualTo(1);
                assertThat(row(statistics, 0, Operation.ERASE).sectors()).isOne();
                assertThat(row(statistics, 0, Operation.ERASE).bytes()).isZero();
                assertThat(row(statistics, 3, Operation.ERASE).sectors())
                        .as("it is open")
                        .isZero();
                assertThat(statistics.latencyNanos(Operation.READ).getTotalCount())
                        .isEqualTo(3);
                assertThat(statistics.toString()).contains("lun what").contains("   3 erase ");
                device.clear();
                assertThat(device.snapshot().luns()).isEmpty();
                assertThat(device.snapshot().mostInFlight()).isZero();
            }
        });
    }

    @Test
    void queuesAreAddedUp() throws Exception {
        inBothTimes(scheduler -> {
            StatisticsDevice device = new StatisticsDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), scheduler);
            try (TestDrive drive = new TestDrive(device)) {
                IoQueue other = device.openQueue(4);
                for (int i = 0; i < 4; i++) {
                    assertThat(other.submit(drive.command().erase().add(drive.ppa(i, 0, 0))))
                            .isTrue();
                }
                assertThat(other.submit(drive.command().erase().add(0))).isFalse();
                drive.erase(0);
                DeviceStatistics during = device.snapshot();
                assertThat(during.inFlight()).isEqualTo(4);
                assertThat(during.mostInFlight()).isEqualTo(4);
                assertThat(during.meanInFlight()).isEqualTo((0 + 1 + 2 + 3 + 0) / 5.0);
                other.close();
                DeviceStatistics after = device.snapshot();
                assertThat(after.inFlight()).isZero();
                assertThat(after.luns()).extracting(LunStatistics::commands).containsExactly(2L, 1L, 1L, 1L);
            }
        });
    }

    @Test
    void latenciesAreThoseOfTheDevice() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                String shape = TestDrive.SHAPE + "&readNanos=100000&programNanos=1000000&eraseNanos=10000000";
                StatisticsDevice device = new StatisticsDevice(TestDrive.memory(shape, scheduler), scheduler);
                try (TestDrive drive = new TestDrive(device)) {
                    for (int i = 0; i < 6; i++) {
                        drive.write(drive.ppa(1, 1, 4 * i), 4);
                    }
                    drive.read(drive.ppa(1, 1, 0));
                    DeviceStatistics statistics = device.snapshot();
                    assertThat(row(statistics, 1, Operation.WRITE)
                                    .latencyNanos()
                                    .getMean())
                            .isBetween(990_000.0, 1_010_000.0);
                    assertThat(row(statistics, 1, Operation.READ).latencyNanos().getMaxValue())
                            .isBetween(99_000L, 101_000L);
                    assertThat(statistics.untilNanos() - statistics.sinceNanos())
                            .isBetween(6_000_000L, 6_200_000L);
                }
                return null;
            });
        }
    }

    /** Two tasks work, a third looks: nothing is lost and nothing torn. */
    @Test
    void anyTaskMayLook() throws Exception {
        int commands = 20_000;
        try (Scheduler scheduler = Scheduler.real();
                StatisticsDevice device =
                        new StatisticsDevice(TestDrive.memory(TestDrive.SHAPE, scheduler), scheduler)) {
            List<Thread> threads = new ArrayList<>();
            for (int task = 0; task < 2; task++) {
                TestDrive drive = new TestDrive(device);
                int lun = task;
                Thread thread = new Thread(() -> {
                    try {
                        for (int i = 0; i < commands; i++) {
                            drive.queue.submit(drive.command().erase().add(drive.ppa(lun, 0, 0)));
                            drive.queue.poll(drive.completion);
                        }
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                });
                threads.add(thread);
                thread.start();
            }
            long last = 0;
            while (last < 2 * commands) {
                DeviceStatistics statistics = device.snapshot();
                long sum = 0;
                for (LunStatistics each : statistics.luns()) {
                    assertThat(each.latencyNanos().getTotalCount()).isEqualTo(each.commands());
                    sum += each.commands();
                }
                assertThat(sum).isGreaterThanOrEqualTo(last);
                last = sum;
            }
            for (Thread each : threads) {
                each.join();
            }
        }
    }

    @Test
    void aTableIsWrittenWhenADriveIsClosed() throws Exception {
        Path file = directory.resolve("table.txt");
        try (Scheduler scheduler = Scheduler.real()) {
            String uri = "statistics+mem:?statistics=" + file + "&" + TestDrive.SHAPE;
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler)) {
                assertThat(device).isInstanceOf(StatisticsDevice.class);
                try (TestDrive drive = new TestDrive(device)) {
                    drive.write(0, 2);
                }
            }
            assertThat(file).content().contains("   0 write            1       0            2           1024");
            assertThat(Files.readAllLines(file)).hasSize(4).first().isEqualTo("ocssd statistics 1");
            long bytes = Files.size(file);
            try (FlashDevice device = Ocssd.openDevice(uri, scheduler)) {
                assertThat(device).isInstanceOf(StatisticsDevice.class);
                assertThat(Files.size(file)).as("until there is a new one").isEqualTo(bytes);
            }
            assertThat(Files.readAllLines(file))
                    .as("written over")
                    .hasSize(3)
                    .first()
                    .isEqualTo("ocssd statistics 1");
            assertThatThrownBy(() -> Ocssd.openDevice("statistics+mem:?statistics.to=x", scheduler))
                    .hasMessage("statistics+ has no parameter \"statistics.to\"; possible: statistics");
        }
    }

    @Test
    void whatIsNoTableOfStatisticsIsRefusedAtOpeningAndLeftAlone() throws Exception {
        Path image = directory.resolve("drive.img");
        Ocssd.create("emu:" + image + "?" + TestDrive.SHAPE);
        Path letter = Files.writeString(directory.resolve("letter.txt"), "Dear reader");
        try (Scheduler scheduler = Scheduler.real()) {
            for (Path file : List.of(letter, image)) {
                assertThatThrownBy(() -> Ocssd.openDevice("statistics+mem:?statistics=" + file, scheduler))
                        .isInstanceOf(BusyException.class)
                        .hasMessage(file + " is there already and is no statistics file; it was not changed")
                        .extracting(e -> ((BusyException) e).hint())
                        .isEqualTo("give another name, or delete it");
            }
            assertThatThrownBy(() -> Ocssd.openDevice("statistics+emu:" + image + "?statistics=" + image, scheduler))
                    .as("its own image")
                    .isInstanceOf(BusyException.class)
                    .hasMessage(image + " is being read or written already; it was not changed");
            // Nothing was left open by that, and the image is whole.
            Ocssd.openDevice("emu:" + image, scheduler).close();
        }
        assertThat(letter).hasContent("Dear reader");
    }

    @Test
    void aPathThatCanNotBeWrittenIsToldAtOpening() throws Exception {
        Path nowhere = directory.resolve("no/such/folder");
        try (Scheduler scheduler = Scheduler.real()) {
            for (Path each : List.of(nowhere, directory)) {
                assertThatThrownBy(() -> Ocssd.openDevice("statistics+mem:?statistics=" + each, scheduler))
                        .isInstanceOf(NotFoundException.class)
                        .hasMessageStartingWith(each + " can't be opened for writing: ");
            }
            assertThatThrownBy(() -> Ocssd.openDevice("statistics+mem:?statistics=", scheduler))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("statistics= names no file: where the table goes when the device is closed");
        }
    }

    @Test
    void oneDeviceAtATimeHasAFile() throws Exception {
        String uri = "statistics+mem:?statistics=" + directory.resolve("table.txt");
        try (Scheduler scheduler = Scheduler.real()) {
            try (FlashDevice first = Ocssd.openDevice(uri, scheduler)) {
                assertThatThrownBy(() -> Ocssd.openDevice(uri, scheduler)).isInstanceOf(BusyException.class);
                assertThat(first.geometry().luns()).isPositive();
            }
            Ocssd.openDevice(uri, scheduler).close();
        }
    }
}
