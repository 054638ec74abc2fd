package io.ocssd.geometry.decorator.trace;

import static io.ocssd.geometry.decorator.TestDrive.inBothTimes;
import static io.ocssd.geometry.decorator.TestDrive.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.ocssd.Ocssd;
import io.ocssd.device.BlockState;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoCommand.Operation;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Priority;
import io.ocssd.error.BusyException;
import io.ocssd.error.GoneException;
import io.ocssd.error.NotFoundException;
import io.ocssd.error.NotRecognisedException;
import io.ocssd.geometry.decorator.TestDrive;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of commands, and how it is read. */
final class TraceTest {
    private static final Pattern TIMES = Pattern.compile("^.* us  q|  [0-9.]* us$");

    @TempDir
    Path directory;

    private static TestDrive drive(Trace trace, String shape, Scheduler scheduler) throws Exception {
        return new TestDrive(new TracedDevice(TestDrive.memory(shape, scheduler), trace, scheduler));
    }

    @Test
    void everythingOfACommandIsThere() throws Exception {
        inBothTimes(scheduler -> {
            Trace trace = Trace.inMemory(1 << 20);
            String shape = TestDrive.SHAPE + "&copy=on";
            try (TestDrive drive = drive(trace, shape, scheduler)) {
                long a = drive.ppa(0, 1, 0);
                long b = drive.ppa(3, 2, 0);
                drive.write(run(a, 6));
                drive.execute(drive.writingRange(b, 4).priority(Priority.HIGH).tag(77));
                drive.execute(
                        drive.command().read(drive.in, 0).add(b + 9).add(a).add(a + 1));
                drive.execute(drive.command().erase().add(a));
                drive.execute(drive.command()
                        .copy()
                        .add(a)
                        .add(a + 1)
                        .addDestination(b + 4)
                        .addDestination(b + 5));

                List<TracedCommand> commands = ImmutableList.copyOf(trace.read());
                assertThat(commands)
                        .extracting(TracedCommand::operation)
                        .containsExactly(
                                Operation.WRITE, Operation.WRITE, Operation.READ, Operation.ERASE, Operation.COPY);
                assertThat(commands).extracting(TracedCommand::number).containsExactly(0L, 1L, 2L, 3L, 4L);
                assertThat(commands).allSatisfy(each -> assertThat(each.queue()).isZero());
                assertThat(commands)
                        .allSatisfy(each -> assertThat(each.isCompleted()).isTrue());
                TracedCommand write = commands.get(0);
                assertThat(addresses(write)).containsExactly(a, a + 1, a + 2, a + 3, a + 4, a + 5);
                assertThat(write.sectors()).isEqualTo(6);
                assertThat(write.hasOob()).isTrue();
                assertThat(write.isScalar()).isFalse();
                assertThat(write.priority()).isEqualTo(Priority.NORMAL);
                assertThat(write.status()).isZero();
                assertThat(write.lunIndex(drive.geometry)).isZero();
                TracedCommand scalar = commands.get(1);
                assertThat(scalar.isScalar()).isTrue();
                assertThat(scalar.count()).isOne();
                assertThat(scalar.sectors()).isEqualTo(4);
                assertThat(scalar.priority()).isEqualTo(Priority.HIGH);
                assertThat(scalar.lunIndex(drive.geometry)).isEqualTo(3);
                TracedCommand read = commands.get(2);
                assertThat(addresses(read)).containsExactly(b + 9, a, a + 1);
                assertThat(read.hasOob()).isFalse();
                assertThat(read.status()).isEqualTo(0x287);
                assertThat(read.failedAddresses()).isEqualTo(0b001);
                assertThat(commands.get(3).status()).isEqualTo(0x2C1);
                TracedCommand copy = commands.get(4);
                assertThat(copy.destinationCount()).isEqualTo(2);
                assertThat(copy.destination(1)).isEqualTo(b + 5);
                long last = Long.MIN_VALUE;
                for (TracedCommand each : commands) {
                    assertThat(each.submittedNanos()).isGreaterThanOrEqualTo(last);
                    last = each.submittedNanos() + each.latencyNanos();
                    if (scheduler.isSimulated()) {
                        assertThat(each.latencyNanos()).isPositive();
                    } else {
                        // A drive without latency is not worth a second look at the clock.
                        assertThat(each.latencyNanos()).isZero();
                    }
                }
            }
        });
    }

    private static List<Long> addresses(TracedCommand command) {
        List<Long> addresses = new ArrayList<>();
        for (int i = 0; i < command.count(); i++) {
            addresses.add(command.address(i));
        }
        return addresses;
    }

    @Test
    void anAppendSaysWhereItWent() throws Exception {
        inBothTimes(scheduler -> {
            Trace trace = Trace.inMemory(1 << 20);
            try (TestDrive drive = drive(trace, TestDrive.ZONES, scheduler)) {
                long zone = drive.ppa(0, 3, 0);
                drive.execute(drive.command().append(drive.out, 0).range(zone, 2));
                drive.execute(drive.command().append(drive.out, 0).range(zone, 3));
                assertThat(trace.read())
                        .extracting(TracedCommand::resultAddress)
                        .containsExactly(zone, zone + 2);
            }
        });
    }

    @Test
    void timesAreThoseOfTheDevice() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                Trace trace = Trace.inMemory(1 << 20);
                String shape = TestDrive.SHAPE + "&readNanos=100&programNanos=1000&eraseNanos=10000";
                try (TestDrive drive = drive(trace, shape, scheduler)) {
                    long begin = scheduler.nanoTime();
                    drive.queue.submit(drive.writing(run(drive.ppa(0, 0, 0), 4)));
                    drive.queue.submit(drive.writing(run(drive.ppa(0, 0, 4), 4)));
                    drive.queue.await(2, Long.MAX_VALUE);
                    long end = scheduler.nanoTime();
                    while (drive.queue.poll(drive.completion)) {
                        // Both at the same time.
                    }
                    List<TracedCommand> commands = ImmutableList.copyOf(trace.read());
                    assertThat(commands.get(0).submittedNanos()).isEqualTo(begin);
                    assertThat(commands.get(1).submittedNanos()
                                    + commands.get(1).latencyNanos())
                            .isEqualTo(end);
                    assertThat(commands.get(1).latencyNanos()).isGreaterThanOrEqualTo(2000 - 1000);
                }
                return null;
            });
        }
    }

    @Test
    void aFileHasTheSameAsTheMemory() throws Exception {
        inBothTimes(scheduler -> {
            Path file = directory.resolve("both.trace");
            Trace memory = Trace.inMemory(1 << 24);
            Trace toFile = Trace.toFile(file);
            FlashDevice inner = TestDrive.memory(TestDrive.SHAPE, scheduler);
            try (TestDrive drive = new TestDrive(
                            new TracedDevice(new TracedDevice(inner, toFile, scheduler), memory, scheduler));
                    IoQueue other = drive.device.openQueue(3)) {
                Completion completion = new Completion();
                for (int i = 0; i < 5000; i++) {
                    drive.read(drive.ppa(i % 4, i % 6, i % 24), drive.ppa(2, i % 5, 3));
                    if (i % 3 == 0) {
                        other.submit(new IoCommand().erase().add(drive.ppa(1, i % 6, 0)));
                        other.await(1, Long.MAX_VALUE);
                        other.poll(completion);
                    }
                }
            }
            toFile.close();
            List<TracedCommand> expected = ImmutableList.copyOf(memory.read());
            assertThat(expected).hasSize(5000 + 1667);
            try (TraceReader reader = TraceReader.open(file)) {
                assertThat(reader.tornBytes()).isZero();
                assertThat(reader.header().geometry()).isEqualTo(inner.geometry());
                assertThat(reader.header().uri()).isEqualTo(inner.info().uri());
                assertThat(reader.header().simulated()).isEqualTo(scheduler.isSimulated());
                assertThat(reader.header().limits()).isEqualTo(inner.limits());
                assertThat(reader.header().model()).isEqualTo(inner.info().model());
                assertThat(reader.header().capabilities()).isEqualTo(inner.capabilities());
                assertThat(reader.header().timings()).isEqualTo(inner.timings());
                assertThat(reader.header().durability()).isEqualTo(inner.durability());
                assertThat(reader.header().blocks().count(BlockState.FREE))
                        .isEqualTo(inner.geometry().blocks());
                for (int round = 0; round < 2; round++) {
                    List<TracedCommand> found = ImmutableList.copyOf(reader);
                    assertThat(found).hasSameSizeAs(expected);
                    long last = Long.MIN_VALUE;
                    for (TracedCommand each : found) {
                        if (each.submittedNanos() < last) {
                            throw new AssertionError(each + " was submitted before " + last + " ns");
                        }
                        last = each.submittedNanos();
                    }
                    for (int queue = 0; queue < 2; queue++) {
                        assertThat(withoutTimes(found, queue)).isEqualTo(withoutTimes(expected, queue));
                    }
                }
            }
            assertThat(Files.size(file)).as("bytes of a command").isLessThan(40 * 6667);
        });
    }

    private static List<String> withoutTimes(List<TracedCommand> commands, int queue) {
        return commands.stream()
                .filter(each -> each.queue() == queue)
                .map(each -> TIMES.matcher(each.toString()).replaceAll(""))
                .toList();
    }

    @Test
    void aFullMemoryKeepsTheLastCommands() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            Trace trace = Trace.inMemory(100_000);
            try (TestDrive drive = drive(trace, TestDrive.SHAPE, scheduler)) {
                for (int i = 0; i < 30_000; i++) {
                    drive.queue.submit(drive.command().erase().add(drive.ppa(0, i % 6, 0)));
                    drive.queue.poll(drive.completion);
                }
                List<TracedCommand> commands = ImmutableList.copyOf(trace.read());
                assertThat(commands).hasSizeBetween(2 * 800, 5 * 1024);
                assertThat(commands.get(commands.size() - 1).number()).isEqualTo(29_999);
                for (int i = 0; i < commands.size(); i++) {
                    assertThat(commands.get(i).number()).isEqualTo(30_000 - commands.size() + i);
                    assertThat(commands.get(i).isCompleted()).isTrue();
                }
            }
        }
    }

    @Test
    void whatIsUnderWayWhenTheDeviceGoesIsThereWithoutAnEnd() throws Exception {
        inBothTimes(scheduler -> {
            Path file = directory.resolve("gone.trace");
            Trace trace = Trace.toFile(file);
            TestDrive drive = drive(trace, TestDrive.SHAPE + "&cut=3", scheduler);
            drive.write(drive.ppa(0, 0, 0), 4);
            drive.queue.submit(drive.writing(run(drive.ppa(0, 0, 4), 4)));
            assertThatThrownBy(() -> drive.queue.submit(drive.writing(run(drive.ppa(1, 0, 0), 4))))
                    .isInstanceOf(GoneException.class);
            // Nothing is closed: the process might die now.
            try (TraceReader reader = TraceReader.open(file)) {
                assertThat(reader).extracting(TracedCommand::isCompleted).containsExactly(true, false, false);
                assertThat(ImmutableList.copyOf(reader).get(2).toString())
                        .endsWith("write  ch=0,lun=1,blk=0,sec=0 +4  under way");
            }
            drive.close();
            trace.close();
        });
    }

    @Test
    void aCommandThatWasNotTakenLeavesNoTrace() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                Trace trace = Trace.inMemory(1 << 20);
                try (TestDrive drive = drive(trace, TestDrive.SHAPE, scheduler);
                        IoQueue queue = drive.device.openQueue(1)) {
                    assertThat(queue.submit(drive.command().erase().add(0))).isTrue();
                    assertThat(queue.submit(drive.command().erase().add(0))).isFalse();
                    assertThatThrownBy(() -> drive.queue.submit(drive.command().erase()))
                            .isInstanceOf(IllegalArgumentException.class);
                    drive.erase(0);
                }
                assertThat(trace.read()).hasSize(2);
                return null;
            });
        }
    }

    @Test
    void textHasALineForEveryCommand() throws Exception {
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("test", () -> {
                List<String> lines = new ArrayList<>();
                String shape = TestDrive.ZONES + "&copy=on&readNanos=100&programNanos=1000&eraseNanos=10000";
                try (TestDrive drive = drive(Trace.toText(lines::add), shape, scheduler)) {
                    drive.write(drive.ppa(0, 1, 0), 4);
                    assertThat(lines).hasSize(1);
                    drive.read(drive.ppa(0, 1, 3), drive.ppa(0, 2, 0), drive.ppa(0, 2, 1), drive.ppa(0, 2, 5));
                    drive.execute(drive.command().append(drive.out, 0).range(drive.ppa(0, 1, 0), 2));
                    drive.execute(drive.command()
                            .copy()
                            .add(drive.ppa(0, 1, 0))
                            .add(drive.ppa(0, 1, 1))
                            .addDestination(drive.ppa(0, 2, 0))
                            .addDestination(drive.ppa(0, 2, 1))
                            .priority(Priority.HIGH));
                }
                assertThat(lines.stream().map(line -> line.replaceAll("^ *[0-9.]+ us|[0-9.]+ us$", "T")))
                        .containsExactly(
                                "T  q0 write  ch=0,lun=0,blk=1,sec=0 +4  success  T",
                                "T  q0 read   ch=0,lun=0,blk=1,sec=3; ch=0,lun=0,blk=2,sec=0 +2; ch=0,lun=0,blk=2,sec=5"
                                        + "  deallocated or unwritten block 0xE  T",
                                "T  q0 append ch=0,lun=0,blk=1,sec=0 scalar +2  success at ch=0,lun=0,blk=1,sec=4  T",
                                "T  q0 copy   ch=0,lun=0,blk=1,sec=0 +2 to ch=0,lun=0,blk=2,sec=0 +2  high  success  T");
                return null;
            });
        }
    }

    @Test
    void aDriveIsTracedByUri() throws Exception {
        Path file = directory.resolve("uri.trace");
        try (Scheduler scheduler = Scheduler.real()) {
            try (FlashDevice device = Ocssd.openDevice("trace+mem:?trace=" + file + "&" + TestDrive.SHAPE, scheduler)) {
                assertThat(device.info().uri()).startsWith("trace+mem:?").contains("trace=" + file);
                new TestDrive(device).write(0, 2);
            }
            try (TraceReader reader = TraceReader.open(file)) {
                assertThat(reader).hasSize(1);
            }
            // Again over the trace, but over nothing else.
            Ocssd.openDevice("trace+mem:?trace=" + file, scheduler).close();
            try (TraceReader reader = TraceReader.open(file)) {
                assertThat(reader).isEmpty();
            }
            Path other = Files.writeString(directory.resolve("other"), "precious");
            assertThatThrownBy(() -> Ocssd.openDevice("trace+mem:?trace=" + other, scheduler))
                    .isInstanceOf(BusyException.class)
                    .hasMessageContaining("is no trace file; it was not changed");
            assertThat(other).hasContent("precious");
            assertThatThrownBy(() -> Ocssd.openDevice("trace+mem:", scheduler))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("trace+ needs trace=FILE: where the trace goes");
            assertThatThrownBy(() -> Ocssd.openDevice("trace+mem:?trace.to=x", scheduler))
                    .hasMessage("trace+ has no parameter \"trace.to\"; possible: trace");
            assertThatThrownBy(() -> TraceReader.open(other)).isInstanceOf(NotRecognisedException.class);
            assertThatThrownBy(() -> TraceReader.open(directory.resolve("none")))
                    .isInstanceOf(NotFoundException.class);
        }
    }

    @Test
    void aTraceIsOfOneDevice() throws Exception {
        try (Scheduler scheduler = Scheduler.real()) {
            Trace trace = Trace.inMemory(1);
            assertThatThrownBy(trace::read).isInstanceOf(IllegalStateException.class);
            drive(trace, TestDrive.SHAPE, scheduler).close();
            assertThatThrownBy(() -> drive(trace, TestDrive.SHAPE, scheduler))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> Trace.inMemory(0)).hasMessage("bytes=0");
        }
    }

    @Test
    void aTraceIsNotOverwrittenWhileItIsRead() throws Exception {
        Path file = directory.resolve("run.trace");
        String uri = "trace+mem:?trace=" + file + "&" + TestDrive.SHAPE;
        try (Scheduler scheduler = Scheduler.real()) {
            try (TestDrive drive = new TestDrive(Ocssd.openDevice(uri, scheduler))) {
                drive.write(0, 2);
                // One that is still being written can be read as ever.
                TraceReader.open(file).close();
            }
            byte[] recorded = Files.readAllBytes(file);
            try (TraceReader reader = TraceReader.open(file);
                    TraceReader another = TraceReader.open(file)) {
                assertThatThrownBy(() -> Ocssd.openDevice(uri, scheduler))
                        .isInstanceOf(BusyException.class)
                        .hasMessage(file + " is being read or written already; it was not changed");
                assertThat(reader).hasSize(1);
                assertThat(another).hasSize(1);
            }
            assertThat(Files.readAllBytes(file)).isEqualTo(recorded);
            Ocssd.openDevice(uri, scheduler).close();
            assertThat(Files.readAllBytes(file)).isNotEqualTo(recorded);
        }
    }
}
