package io.ocssd.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import com.google.gson.JsonObject;
import io.ocssd.Ocssd;
import io.ocssd.buffer.IoBuffer;
import io.ocssd.buffer.IoBufferPool;
import io.ocssd.cli.Cli;
import io.ocssd.device.Completion;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoCommand;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Ppa;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.scheduler.Task;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BenchReplayCommandTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"westlake", "small", "zns-small"})
    void aReplayAtRecordedTimesIsTheRecording(String profile) {
        Path trace = record(
                "mem:?payload=off&clock=virtual&profile=" + profile,
                "bench device --pattern mixed --luns 0 --arrivals poisson --rate 300 --count 500 --write-queue-depth 2");
        JsonObject report = json("bench replay --json " + trace);
        assertThat(report.get("statusDifferences").getAsLong())
                .as(report.toString())
                .isZero();
        assertThat(report.get("lateCommands").getAsLong()).isZero();
        assertThat(report.get("skippedCommands").getAsLong()).isZero();
        for (String each : new String[] {"read", "write", "erase"}) {
            String capital = Character.toUpperCase(each.charAt(0)) + each.substring(1);
            assertThat(report.get(each + "LatencyNanos"))
                    .as(each + "s on " + profile)
                    .isEqualTo(report.get("recorded" + capital + "LatencyNanos"));
        }
        assertThat(report.get("elapsedNanos")).isEqualTo(report.get("recordedNanos"));
        assertThat(json("bench replay --json " + trace)).isEqualTo(report);
    }

    /** What an image is, its URI does not say. */
    @ParameterizedTest
    @ValueSource(strings = {"westlake", "tlc", "zns-small"})
    void aReplayOfAnImageIsTheRecording(String profile) {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli()
                .run("device", "create", image + "?payload=off&profile=" + profile)
                .succeeds();
        Path trace = record(
                image + "?clock=virtual",
                "bench device --pattern mixed --luns 0 --arrivals poisson --rate 300 --count 500");
        JsonObject report = json("bench replay --json " + trace);
        assertThat(report.get("model").getAsString()).contains("(" + profile + ")");
        assertThat(report.get("firstStatusDifference").isJsonNull())
                .as(report.get("firstStatusDifference").toString())
                .isTrue();
        for (String kind : new String[] {"Read", "Write"}) {
            JsonObject recorded = report.getAsJsonObject("recorded" + kind + "LatencyNanos");
            JsonObject replayed = report.getAsJsonObject(kind.toLowerCase(Locale.ROOT) + "LatencyNanos");
            for (String key : new String[] {"mean", "min", "p50", "p99", "max"}) {
                // Two queues are one here: what both sent at the same moment is 480 ns apart.
                assertThat(replayed.get(key).getAsLong())
                        .as(kind + " " + key)
                        .isCloseTo(recorded.get(key).getAsLong(), withinPercentage(0.01));
            }
        }
    }

    /** What a drive allows and refuses, it allows and refuses again. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            mem:?profile=tiny&factoryBad=0&randomBlocks=1       | io write blk=0,sec=5 blk=0,sec=9 --scalar
            mem:?profile=tiny&factoryBad=0&randomBlocks=1       | io read blk=0,sec=5
            mem:?profile=tiny&factoryBad=0&maxOpen=2            | io write blk=0-2 --count 2 --scalar
            mem:?profile=tiny&factoryBad=0&maxOpenPerLun=1      | io write ch=0-1,blk=0-1 --count 2 --scalar
            mem:?profile=tiny&factoryBad=0&copy=off             | io copy blk=0 --to blk=1
            mem:?profile=tiny&factoryBad=0&copy=on              | io copy blk=0 --count 2 --to blk=1
            mem:?profile=tiny&factoryBad=0&eraseFree=off        | io erase blk=0 --yes
            mem:?profile=tiny&factoryBad=0&eraseFree=on         | io erase blk=0 --yes
            mem:?profile=tiny&factoryBad=0&dulbe=off            | io read blk=0
            faults+mem:?profile=tiny&seed=3                     | io write ch=0-1,lun=0-1,blk=0-15 --count 2 --scalar
            mem:?profile=tiny&seed=3                            | io write ch=0-1,lun=0-1,blk=0-15 --count 2 --scalar
            mem:?profile=tiny&seed=3&shortBlocks=16             | io write ch=0-1,lun=0-1,blk=0-15 --count 30 --scalar
            mem:?profile=zns-small                              | io erase blk=0-3 --yes
            mem:?profile=tiny&seed=3&endurance=2                | bench device --pattern seqwrite --luns 0-2 --count 900
            """)
    void whatTheDriveAnsweredItAnswersAgain(String uri, String command) throws Exception {
        Path trace = directory.resolve("run.trace");
        Path input = Files.write(directory.resolve("input"), new byte[4096]);
        String more = command.startsWith("io write") ? " --input " + input : "";
        new Cli().run(("-d trace+" + uri + "&trace=" + trace + "&clock=virtual " + command + more).split(" "));
        Cli.Run run =
                new Cli().run("bench", "replay", "--json", trace.toString()).succeeds();
        JsonObject report = run.json().getAsJsonObject();
        assertThat(report.get("commands").getAsLong()).isPositive();
        assertThat(report.get("firstStatusDifference").isJsonNull())
                .as(report.get("firstStatusDifference") + run.err())
                .isTrue();
    }

    /** Blocks that wear out are a matter of the recorded drive, not of the flash that is tried. */
    @Test
    void otherFlashDoesNotWearOutSooner() {
        Path trace = record("mem:?profile=tiny&clock=virtual", "bench device --luns 0 --count 20");
        JsonObject report = json("bench replay --json --profile qemu " + trace);
        assertThat(report.get("device").getAsString()).contains("endurance=0");
    }

    @Test
    void aReplayOfWhichEveryReadFailsIsNone() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image + "?profile=tiny&factoryBad=0").succeeds();
        String input =
                Files.write(directory.resolve("input"), new byte[32 * 4096]).toString();
        new Cli()
                .run("-d", image, "io", "write", "blk=4", "--count", "32", "--input", input)
                .succeeds();
        String trace = directory.resolve("run.trace").toString();
        new Cli()
                .run("-d", "trace+" + image + "?clock=virtual&trace=" + trace, "io", "read", "blk=4")
                .succeeds();
        new Cli().run("bench", "replay", trace).succeeds();
        Cli.Run run = new Cli().run("-d", "mem:?profile=tiny&clock=virtual", "bench", "replay", trace, "--yes");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out()).contains("sent    1 commands");
        assertThat(run.err()).contains("ocssd: bench replay: no read succeeded, 1 did in the recording\nhint: ");
    }

    @Test
    void blocksThatWereOpenTakeTheirPlaceThoughTheTraceDoesNotNameThem() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&factoryBad=0&maxOpen=2")
                .succeeds();
        String input =
                Files.write(directory.resolve("input"), new byte[4 * 4096]).toString();
        new Cli()
                .run("-d", image, "io", "write", "blk=4-5", "--count", "2", "--input", input)
                .succeeds();
        Path trace = directory.resolve("run.trace");
        String traced = "trace+" + image + "?clock=virtual&trace=" + trace;
        assertThat(new Cli()
                        .run("-d", traced, "io", "write", "blk=6", "--count", "4", "--input", input)
                        .err())
                .contains("hint: ");
        JsonObject report = json("bench replay --json " + trace);
        assertThat(report.get("writeErrors").getAsLong()).isEqualTo(1);
        assertThat(report.get("statusDifferences").getAsLong()).isZero();
        assertThat(report.get("preparedBytes").getAsLong()).isEqualTo(4 * 4096);
    }

    @Test
    void whatHasToBeGuessedIsSaid() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&factoryBad=2&shortBlocks=3&seed=3")
                .succeeds();
        Path trace = record(image, "bench device --count 10");
        assertThat(new Cli().run("bench", "replay", trace.toString()).succeeds().err())
                .contains("ocssd: note: the recorded drive took no time; here it has the flash of tiny\n")
                .contains("ocssd: note: 3 blocks have other sizes or are written in another way than those recorded\n");
        Path input = Files.write(directory.resolve("input"), new byte[4096]);
        String erase = "io erase ch=0-1,lun=0-1,blk=0-15 --yes";
        new Cli().run(("-d trace+" + image + "?clock=virtual&trace=" + trace + " " + erase).split(" "));
        assertThat(new Cli().run("bench", "replay", trace.toString()).succeeds().err())
                .contains(
                        "ocssd: note: 2 blocks that the trace names were out of use when it began, and are not here\n");
        new Cli()
                .run(("-d trace+delay+mem:?profile=tiny&delay=1000&clock=virtual&trace=" + trace
                                + " io write blk=0 --count 2 --input " + input)
                        .split(" "));
        assertThat(new Cli().run("bench", "replay", trace.toString()).succeeds().err())
                .contains("ocssd: note: the recorded drive was opened with delay+ in front of it; here it is not\n");
    }

    @Test
    void theDocumentHasItsKeys() {
        Path trace = record("mem:?payload=off&clock=virtual", "bench device --count 100 --queue-depth 5");
        JsonObject report = json("bench replay --json " + trace);
        assertThat(report.keySet())
                .containsExactly(
                        "device",
                        "model",
                        "recordedDevice",
                        "clock",
                        "pace",
                        "queueDepth",
                        "preparedBytes",
                        "commands",
                        "skippedCommands",
                        "lateCommands",
                        "greatestLagNanos",
                        "statusDifferences",
                        "firstStatusDifference",
                        "elapsedNanos",
                        "recordedNanos",
                        "stopped",
                        "readMegabytesPerSecond",
                        "writeMegabytesPerSecond",
                        "readIops",
                        "writeIops",
                        "reads",
                        "writes",
                        "erases",
                        "readErrors",
                        "writeErrors",
                        "eraseErrors",
                        "readLatencyNanos",
                        "writeLatencyNanos",
                        "eraseLatencyNanos",
                        "recordedReadLatencyNanos",
                        "recordedWriteLatencyNanos",
                        "recordedEraseLatencyNanos",
                        "lunUtilization",
                        "channelUtilization",
                        "hostCostNanos");
        assertThat(report.get("reads").getAsLong()).isEqualTo(100);
        assertThat(report.get("readLatencyNanos").isJsonObject()).isTrue();
        assertThat(report.get("pace").getAsString()).isEqualTo("recorded");
        assertThat(report.get("queueDepth").isJsonNull()).isTrue();
        assertThat(report.get("recordedDevice").getAsString()).contains("clock=virtual");
    }

    @Test
    void asFastAsPossibleItKeepsSoManyUnderWay() {
        Path trace = record(
                "mem:?payload=off&clock=virtual",
                "bench device --luns 0 --arrivals poisson --rate 100 --count 200 --queue-depth 3");
        JsonObject recorded = json("bench replay --json " + trace);
        JsonObject fast = json("bench replay --json --pace fast --queue-depth 1 " + trace);
        assertThat(fast.get("queueDepth").getAsInt()).isEqualTo(1);
        assertThat(fast.get("statusDifferences").getAsLong()).isZero();
        assertThat(fast.get("elapsedNanos").getAsLong())
                .isLessThan(recorded.get("elapsedNanos").getAsLong() / 10);
        assertThat(fast.getAsJsonObject("readLatencyNanos").get("max").getAsLong())
                .as("one at a time never waits")
                .isEqualTo(70_480);
        JsonObject byDefault = json("bench replay --json --pace fast " + trace);
        assertThat(byDefault.get("queueDepth").getAsInt()).isGreaterThan(1);
    }

    @Test
    void otherFlashGivesOtherLatencies() {
        Path trace = record("mem:?payload=off&clock=virtual", "bench device --luns 0 --count 200");
        JsonObject report = json("bench replay --json --profile z-nand " + trace);
        assertThat(report.get("model").getAsString()).contains("z-nand");
        assertThat(report.get("statusDifferences").getAsLong()).isZero();
        assertThat(report.getAsJsonObject("readLatencyNanos").get("mean").getAsLong())
                .isLessThan(20_000);
        assertThat(report.getAsJsonObject("recordedReadLatencyNanos")
                        .get("mean")
                        .getAsLong())
                .isEqualTo(70_480);
    }

    @Test
    void aTraceFromTheMiddleOfALifeFindsWhatWasThere() throws Exception {
        String image = directory.resolve("drive.img").toString();
        new Cli().run("device", "create", "emu:" + image, "--blocks", "16").succeeds();
        new Cli().run("-d", "emu:" + image, "target", "create", "kv").succeeds();
        Path files = Files.createDirectory(directory.resolve("files"));
        for (int i = 0; i < 20; i++) {
            Files.write(files.resolve("file" + i), new byte[100_000]);
        }
        new Cli().run("-d", "emu:" + image, "kv", "load", files.toString()).succeeds();
        Path trace = record("emu:" + image + "?clock=virtual", "kv load " + files + " --prefix again/ --sync");
        String dryRun = new Cli()
                .run("bench", "replay", trace.toString(), "--dry-run")
                .succeeds()
                .silently()
                .out();
        assertThat(dryRun).startsWith("would send ").contains(" blocks held something before\n");
        JsonObject contents = json("bench replay --json --dry-run " + trace);
        assertThat(contents.get("heldBlocks").getAsInt()).isPositive();
        JsonObject report = json("bench replay --json " + trace);
        assertThat(report.get("preparedBytes").getAsLong()).isPositive();
        assertThat(report.get("commands")).isEqualTo(contents.get("commands"));
        assertThat(report.get("statusDifferences").getAsLong())
                .as(report.get("firstStatusDifference").toString())
                .isZero();
        assertThat(report.get("readErrors").getAsLong()
                        + report.get("writeErrors").getAsLong())
                .isZero();

        String copy = "emu:" + image;
        new Cli()
                .run("-d", copy, "bench", "replay", trace.toString())
                .fails(2, "bench replay", "this would program and erase blocks of " + copy);
        JsonObject onDrive = json("-d " + copy + "?clock=virtual --json bench replay --yes " + trace);
        assertThat(onDrive.get("preparedBytes").getAsLong()).isZero();
        assertThat(onDrive.get("statusDifferences").getAsLong())
                .as("its programs are behind the write pointers by now")
                .isPositive();
    }

    /** An erase may have descriptors: for each block as many bytes as no sector has out of band. */
    @ParameterizedTest
    @ValueSource(strings = {"recorded", "fast"})
    void anEraseMayHaveDescriptors(String pace) throws Exception {
        Path trace = directory.resolve("erase.trace");
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("record", () -> {
                String uri = "trace+mem:?profile=tiny&factoryBad=0&eraseFree=on&clock=virtual&trace=" + trace;
                try (FlashDevice device = Ocssd.openDevice(uri, scheduler);
                        IoQueue queue = device.openQueue(1)) {
                    int blocks = 64;
                    IoBuffer descriptors = new IoBufferPool(blocks * IoCommand.DESCRIPTOR_BYTES, 1).tryTake();
                    IoCommand command = new IoCommand().erase();
                    for (int block = 0; block < blocks; block++) {
                        command.add(device.geometry().blockPpa(block));
                    }
                    assertThat(queue.submit(command.oob(descriptors, 0))).isTrue();
                    queue.await(1, Long.MAX_VALUE);
                    queue.poll(new Completion());
                }
                return null;
            });
        }
        JsonObject report = json("bench replay --json --pace " + pace + " " + trace);
        assertThat(report.get("erases").getAsLong()).isEqualTo(1);
        assertThat(report.get("eraseLatencyNanos").isJsonObject()).isTrue();
        for (String each : List.of("read", "write", "recordedRead", "recordedWrite")) {
            assertThat(report.get(each + "LatencyNanos").isJsonNull())
                    .as("what was not measured: " + each)
                    .isTrue();
        }
        assertThat(report.get("statusDifferences").getAsLong()).isZero();
    }

    /** Each on a queue of its own at the same moment; on the one queue of a replay the host sends one after the other. */
    @Test
    void commandsSentLaterThanDueAreCounted() throws Exception {
        Path trace = directory.resolve("burst.trace");
        try (Scheduler scheduler = Scheduler.simulated(1)) {
            scheduler.run("burst", () -> {
                String uri = "trace+mem:?profile=tiny&dulbe=off&trace=" + trace;
                try (FlashDevice device = Ocssd.openDevice(uri, scheduler)) {
                    List<Task> tasks = new ArrayList<>();
                    for (int i = 0; i < 300; i++) {
                        tasks.add(scheduler.spawn("reader", () -> read(device)));
                    }
                    for (Task each : tasks) {
                        each.join();
                    }
                    return null;
                }
            });
        }
        JsonObject report = json("bench replay --json " + trace);
        assertThat(report.get("commands").getAsLong()).isEqualTo(300);
        assertThat(report.get("statusDifferences").getAsLong()).isZero();
        // One every 480 ns: those from the 210th on are more than 100 us late.
        assertThat(report.get("lateCommands").getAsLong()).isEqualTo(300 - 209);
        assertThat(report.get("greatestLagNanos").getAsLong()).isEqualTo(299 * 480);
        assertThat(new Cli().run("bench", "replay", trace.toString()).succeeds().out())
                .contains("91 commands were sent more than 100 us after they were due, one of them 144 us")
                .contains("latencies begin when commands are due");
        assertThat(json("bench replay --json --pace fast " + trace)
                        .get("lateCommands")
                        .getAsLong())
                .as("as fast as possible nothing is due")
                .isZero();
    }

    private static void read(FlashDevice device) throws Exception {
        try (IoQueue queue = device.openQueue(1)) {
            IoBuffer buffer = new IoBufferPool(device.geometry().sectorBytes(), 1).tryTake();
            queue.submit(new IoCommand().read(buffer, 0).add(Ppa.of(0, 0, 0, 0)));
            queue.await(1, Long.MAX_VALUE);
            queue.poll(new Completion());
        }
    }

    @Test
    void theTextHasTheRecordingBesideEverything() {
        Path trace = record(
                "mem:?payload=off&clock=virtual&profile=westlake", "bench device --pattern mixed --luns 0 --count 300");
        String text = new Cli()
                .run("bench", "replay", trace.toString())
                .succeeds()
                .silently()
                .out();
        assertThat(text)
                .startsWith("replay on ocssd emulated drive (westlake) of what was recorded on mem:?")
                .contains(" commands, at recorded times", "reads  recorded", "writes  recorded", "erases  recorded")
                .contains("latency of reads\n", "time at work: bus, then LUNs\n", "15 channels idle");
        assertThat(new Cli()
                        .interrupted()
                        .run("bench", "replay", trace.toString())
                        .status())
                .isEqualTo(1);
    }

    /** What it reads it would write over. */
    @ParameterizedTest
    @ValueSource(strings = {"trace+emu:IMAGE?trace=", "statistics+emu:IMAGE?statistics="})
    void aTraceThatTheDeviceWritesIsNotReplayed(String uri) throws Exception {
        String image = directory.resolve("drive.img").toString();
        new Cli().run("device", "create", "emu:" + image, "--profile", "tiny").succeeds();
        Path trace = record("emu:" + image + "?clock=virtual", "bench device --count 10");
        byte[] before = Files.readAllBytes(trace);
        String same = directory + "/../" + directory.getFileName() + "/run.trace";
        new Cli()
                .run("-d", uri.replace("IMAGE", image) + same, "bench", "replay", trace.toString(), "--yes")
                .fails(2, "bench replay", "is the trace that is replayed");
        assertThat(trace).hasBinaryContent(before);
    }

    @Test
    void whatIsNoTraceIsRefused() throws Exception {
        Path file = directory.resolve("file");
        new Cli().run("bench", "replay", file.toString()).fails(1, "bench replay", "file");
        Files.writeString(file, "A letter to a friend.");
        new Cli().run("bench", "replay", file.toString()).fails(1, "bench replay", "file");
        Path trace = record("mem:?payload=off&clock=virtual", "bench device --count 2000");
        try (RandomAccessFile open = new RandomAccessFile(trace.toFile(), "rw")) {
            open.setLength(open.length() - 3);
        }
        Cli.Run torn = new Cli().run("bench", "replay", trace.toString()).succeeds();
        assertThat(torn.err()).contains("the trace ends in the middle of a record");
    }

    /** Runs a command on a device that writes down what is asked of it. */
    private Path record(String uri, String command) {
        Path trace = directory.resolve("run.trace");
        String traced = "trace+" + uri + (uri.contains("?") ? "&" : "?") + "trace=" + trace;
        new Cli().run(("-d " + traced + " " + command).split(" ")).succeeds();
        return trace;
    }

    private static JsonObject json(String line) {
        return new Cli().run(line.split(" ")).succeeds().silently().json().getAsJsonObject();
    }
}
