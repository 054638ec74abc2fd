package io.ocssd.ftl.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import io.ocssd.Ocssd;
import io.ocssd.device.ByteClass;
import io.ocssd.device.DeviceCounters;
import io.ocssd.ftl.TestDrive;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetRequest;
import io.ocssd.vblock.Stream;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.VblockStatistics;
import io.ocssd.vblock.VblockWriter;
import io.ocssd.vblock.Vblocks;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToLongFunction;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TargetStatisticsTest {
    /** Bytes, and more than sectors, of a program. */
    private static final long MOST_OF_A_PROGRAM = 64 * 512;

    private static final String SHAPE = "profile=tiny&factoryBad=0&sectorBytes=512&seed=5";

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mem:?" + SHAPE,
                "mem:?class=volatile-pairs&" + SHAPE,
                "mem:?profile=zns-small&seed=5",
                "faults+mem:?faults.rules=early-close,prob=1;next-unit,prob=1&" + SHAPE
            })
    void aTargetCountsWhatTheDeviceCounts(String uri) throws Exception {
        long seed = 3;
        TestDrive.simulated(seed, scheduler -> {
            try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults())) {
                Vblocks vblocks =
                        drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                // The label is written with the first id, and never again.
                use(vblocks, new SplittableRandom(seed), 1);
                rest(scheduler);
                DeviceCounters device = drive.device().counters();
                VblockStatistics target = vblocks.statistics();
                use(vblocks, new SplittableRandom(seed + 1), 12);
                rest(scheduler);
                DeviceCounters deviceNow = drive.device().counters();
                VblockStatistics targetNow = vblocks.statistics();
                for (ByteClass each : ByteClass.values()) {
                    assertSame(each.label(), uri, device, deviceNow, target, targetNow, c -> c.programmedBytes(each));
                }
                assertSame("erases", uri, device, deviceNow, target, targetNow, DeviceCounters::erases);
                assertSame("read", uri, device, deviceNow, target, targetNow, DeviceCounters::readSectors);
                assertSame("programmed", uri, device, deviceNow, target, targetNow, DeviceCounters::programmedSectors);
                assertSame("commands", uri, device, deviceNow, target, targetNow, DeviceCounters::commands);
                assertThat(targetNow.commandsUnderWay()).isZero();
                assertThat(targetNow.device().programmedBytes(ByteClass.PAYLOAD))
                        .isPositive();
                assertThat(targetNow.failedPrograms() > 0).isEqualTo(uri.startsWith("faults"));
            }
            return null;
        });
    }

    /** Lets end what goes on in the background: a journal that moves. */
    private static void rest(Scheduler scheduler) {
        scheduler.sleepUntil(scheduler.nanoTime() + 1_000_000_000);
    }

    @Test
    void stallsHaveTheirTimeOnTheClockOfTheScheduler() throws Exception {
        VblockStatistics timed = TestDrive.simulated(1, scheduler -> fill(scheduler, "mem:?" + SHAPE));
        assertThat(timed.stalls()).isPositive();
        assertThat(timed.stallNanos()).isGreaterThan(timed.stalls() * 1_000);
        VblockStatistics again = TestDrive.simulated(1, scheduler -> fill(scheduler, "mem:?" + SHAPE));
        assertThat(again.stallNanos()).isEqualTo(timed.stallNanos());
        try (Scheduler scheduler = Scheduler.real()) {
            assertThat(fill(scheduler, "mem:?" + SHAPE).stalls())
                    .as("on a drive without latency")
                    .isZero();
        }
    }

    @Test
    void recordingsSeeOpenTargetsDrivesAndStalls() throws Exception {
        Path file = directory.resolve("recording.jfr");
        long[] payload = new long[1];
        try (Recording recording = new Recording()) {
            recording.enable("io.ocssd.TargetStatistics").with("period", "endChunk");
            recording.enable("io.ocssd.DeviceStatistics").with("period", "endChunk");
            recording.enable("io.ocssd.AppendStall").withoutThreshold();
            recording.start();
            TestDrive.simulated(1, scheduler -> fill(scheduler, "mem:?serial=gone&" + SHAPE));
            TestDrive.simulated(1, scheduler -> {
                try (Drive drive = Ocssd.open("mem:?serial=there&" + SHAPE, scheduler, OpenOptions.defaults())) {
                    Vblocks vblocks =
                            drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
                    use(vblocks, new SplittableRandom(1), 2);
                    recording.stop();
                    payload[0] = vblocks.statistics().device().programmedBytes(ByteClass.PAYLOAD);
                }
                return null;
            });
            recording.dump(file);
        }
        assertThat(Files.size(file)).isPositive();
        List<RecordedEvent> events = RecordingFile.readAllEvents(file);
        RecordedEvent target = only(events, "io.ocssd.TargetStatistics");
        assertThat(target.getString("target")).isEqualTo("t");
        assertThat(target.getString("device")).contains("serial=there");
        assertThat(target.getLong("payloadBytes")).isEqualTo(payload[0]).isPositive();
        RecordedEvent device = only(events, "io.ocssd.DeviceStatistics");
        assertThat(device.getString("serial")).isEqualTo(target.getString("serial"));
        assertThat(device.getLong("payloadBytes")).isEqualTo(payload[0]);
        assertThat(device.getLong("metadataBytes"))
                .as("with those of the label")
                .isGreaterThan(target.getLong("metadataBytes"));
        assertThat(events)
                .filteredOn(each -> each.getEventType().getName().equals("io.ocssd.AppendStall"))
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.getDuration("waited")).isPositive();
                    assertThat(each.getString("stream")).isIn("data", "log");
                });
    }

    private static RecordedEvent only(List<RecordedEvent> events, String name) {
        List<RecordedEvent> found = events.stream()
                .filter(each -> each.getEventType().getName().equals(name))
                .filter(each -> each.getString("device").contains("serial="))
                .toList();
        assertThat(found).as(name).hasSize(1);
        return found.get(0);
    }

    private static VblockStatistics fill(Scheduler scheduler, String uri) throws Exception {
        try (Drive drive = Ocssd.open(uri, scheduler, OpenOptions.defaults())) {
            Vblocks vblocks = drive.createTarget(TargetRequest.wholeDrive("t")).vblocks();
            use(vblocks, new SplittableRandom(1), 3);
            return vblocks.statistics();
        }
    }

    /** Writes vblocks, reads and erases them. */
    private static void use(Vblocks vblocks, SplittableRandom random, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            Stream stream = random.nextBoolean() ? Stream.LOG : Stream.DATA;
            VblockWriter writer =
                    vblocks.allocate(new VblockRequest(stream, 1 + random.nextInt(vblocks.maxWidth()), i));
            int pieces = random.nextInt(1, 40);
            for (int piece = 0; piece < pieces; piece++) {
                int bytes = random.nextInt(1, 9_000);
                if (writer.remaining(true) >= bytes) {
                    writer.append(ByteBuffer.allocate(bytes));
                }
                if (random.nextInt(10) == 0) {
                    writer.sync();
                }
            }
            writer.seal();
            writer.vblock().read(0, ByteBuffer.allocate((int)
                    Math.min(20_000, writer.vblock().length())));
            writer.vblock().erase();
        }
    }

    private static void assertSame(
            String what,
            String uri,
            DeviceCounters device,
            DeviceCounters deviceNow,
            VblockStatistics target,
            VblockStatistics targetNow,
            ToLongFunction<DeviceCounters> counter) {
        long ofTarget = counter.applyAsLong(targetNow.device()) - counter.applyAsLong(target.device());
        long ofDevice = counter.applyAsLong(deviceNow) - counter.applyAsLong(device);
        // A program that fails as a whole counts for nothing; what a decorator had the device program of it all the
        // same, the
        // device alone knows.
        long failed = targetNow.failedPrograms() - target.failedPrograms();
        assertThat(ofTarget)
                .as("%s of the target, %s", what, uri)
                .isBetween(failed == 0 ? ofDevice : ofDevice - failed * MOST_OF_A_PROGRAM, ofDevice);
    }
}
