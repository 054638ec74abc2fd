package io.ocssd.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The verb, its document and its text. What a load does is tested beside the load. */
class BenchDeviceCommandTest {
    private static final String[] LATENCY_KEYS = {"mean", "min", "p50", "p90", "p99", "p999", "p9999", "max"};

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--pattern randread --queue-depth 7 --count 3000",
                "--pattern seqread --block-size 64K --duration 50ms",
                "--pattern seqwrite --queue-depth 2 --duration 100ms",
                "--pattern mixed --arrivals poisson --rate 5000 --write-busy 0.4 --count 1000",
                "--pattern mixed --block-size 256K --queue-depth 4 --write-active 3 --duration 200ms"
            })
    void theSameSeedGivesTheSameBytes(String options) {
        String first = bench(options).succeeds().silently().out();
        assertThat(bench(options).out()).isEqualTo(first);
        if (!options.contains("seqread") && !options.contains("seqwrite")) {
            assertThat(bench(options + " --seed 2").out()).isNotEqualTo(first);
        }
    }

    @Test
    void theDocumentHasItsKeys() {
        JsonObject both =
                json("--pattern mixed --luns 0-3 --write-luns 4-5 --count 500 --block-size 8K --write-busy 0.5");
        assertThat(both.keySet())
                .containsExactly(
                        "device",
                        "model",
                        "pattern",
                        "clock",
                        "seed",
                        "readBlockBytes",
                        "writeBlockBytes",
                        "readQueueDepth",
                        "writeQueueDepth",
                        "readPriority",
                        "readLuns",
                        "writeLuns",
                        "writeActive",
                        "arrivals",
                        "requestsPerSecond",
                        "writeBusyFraction",
                        "preparedBytes",
                        "warmupNanos",
                        "elapsedNanos",
                        "stopped",
                        "readMegabytesPerSecond",
                        "writeMegabytesPerSecond",
                        "readIops",
                        "writeIops",
                        "reads",
                        "writes",
                        "readBytes",
                        "writtenBytes",
                        "readErrors",
                        "writeErrors",
                        "firstReadError",
                        "firstWriteError",
                        "deadWriters",
                        "unsentRequests",
                        "erases",
                        "readLatencyNanos",
                        "writeLatencyNanos",
                        "lunUtilization",
                        "channelUtilization",
                        "hostCostNanos");
        assertThat(both.getAsJsonObject("readLatencyNanos").keySet()).containsExactly(LATENCY_KEYS);
        assertThat(both.getAsJsonObject("writeLatencyNanos").keySet()).containsExactly(LATENCY_KEYS);
        assertThat(both.get("pattern").getAsString()).isEqualTo("mixed");
        assertThat(both.get("clock").getAsString()).isEqualTo("virtual");
        assertThat(both.get("reads").getAsLong()).isEqualTo(500);
        assertThat(both.get("readBytes").getAsLong()).isEqualTo(500 * 8192);
        assertThat(both.get("readBlockBytes").getAsLong()).isEqualTo(8192);
        assertThat(both.get("writeBlockBytes").getAsLong())
                .as("the preferred unit")
                .isEqualTo(32768);
        assertThat(both.get("writtenBytes").getAsLong())
                .isEqualTo(both.get("writes").getAsLong() * 32768);
        assertThat(numbers(both.getAsJsonArray("readLuns"))).containsExactly(0, 1, 2, 3);
        assertThat(numbers(both.getAsJsonArray("writeLuns"))).containsExactly(4, 5);
        assertThat(both.getAsJsonObject("hostCostNanos").get("command").getAsLong())
                .isEqualTo(480);
        double seconds = both.get("elapsedNanos").getAsLong() / 1e9;
        assertThat(both.get("readIops").getAsDouble()).isCloseTo(500 / seconds, within(1e-6));
        assertThat(both.get("readMegabytesPerSecond").getAsDouble())
                .isCloseTo(500 * 8192 / 1e6 / seconds, within(1e-9));

        JsonObject reads = json("--count 10");
        assertThat(reads.keySet()).isEqualTo(both.keySet());
        assertThat(reads.get("writeLatencyNanos").isJsonNull()).isTrue();
        assertThat(reads.get("writeBlockBytes").isJsonNull()).isTrue();
        assertThat(reads.get("writeIops").getAsDouble()).isZero();
        JsonObject writes = json("--pattern seqwrite --count 10");
        assertThat(writes.get("readLatencyNanos").isJsonNull()).isTrue();
        assertThat(writes.get("preparedBytes").getAsLong()).isZero();
        assertThat(writes.get("writes").getAsLong()).isEqualTo(10);
    }

    @Test
    void durationsAreWhatWasAskedFor() {
        JsonObject report = json("--duration 20ms --warmup 3ms");
        assertThat(report.get("elapsedNanos").getAsLong()).isEqualTo(20_000_000);
        assertThat(report.get("warmupNanos").getAsLong()).isEqualTo(3_000_000);
        assertThat(json("--pattern seqwrite").get("elapsedNanos").getAsLong()).isEqualTo(1_000_000_000);
    }

    @Test
    void inRealTimeThereAreNoHostCosts() {
        JsonObject report = json("--clock real --count 2000 --queue-depth 8");
        assertThat(report.get("clock").getAsString()).isEqualTo("real");
        assertThat(report.get("reads").getAsLong()).isEqualTo(2000);
        assertThat(report.get("hostCostNanos").isJsonNull()).isTrue();
        JsonObject both = json("--pattern mixed --clock real --count 2000");
        assertThat(both.get("reads").getAsLong()).isEqualTo(2000);
        assertThat(both.get("readErrors").getAsLong() + both.get("writeErrors").getAsLong())
                .isZero();
    }

    @Test
    void theTextHasAColumnForEachKindAndBars() {
        String text = new Cli()
                .run("bench", "device", "--pattern", "mixed", "--count", "300", "--luns", "0-1")
                .succeeds()
                .silently()
                .out();
        assertThat(text)
                .startsWith("mixed on ocssd emulated drive (small)\n")
                .contains("reads   4 KiB, 1 under way, 2 LUNs\n")
                .contains("writes  32 KiB, 1 under way on each of 2 LUNs\n")
                .contains("virtual, seed 1; 2 MiB written before, to be read\n")
                .contains("bandwidth  ", "IOPS  ", "p99.99  ", "latency of reads\n", "latency of writes\n", " %  #")
                .contains("charged 480 ns for each command")
                .doesNotContain("\u001b");
        assertThat(new Cli()
                        .onTerminal()
                        .run("bench", "device", "--count", "300")
                        .succeeds()
                        .out())
                .contains("\u001b[");
        assertThat(text("--count 1")).contains("       -\n").doesNotContain("latency of writes");
        assertThat(text("--arrivals poisson --rate 100000 --duration 10ms"))
                .contains("100,000 a second by a Poisson process", "requests came and were never sent");
    }

    @Test
    void ctrlCPrintsWhatWasMeasured() {
        Cli.Run run = new Cli().interrupted().run("bench", "device", "--pattern", "seqwrite", "--json");
        assertThat(run.status()).isEqualTo(1);
        JsonObject report = run.json().getAsJsonObject();
        assertThat(report.get("stopped").getAsBoolean()).isTrue();
        assertThat(report.get("elapsedNanos").getAsLong()).isLessThan(1_000_000_000);
        new Cli().interrupted().run("bench", "device").fails(1, "bench device", "stopped while writing");
    }

    @Test
    void aDriveThatIsGivenIsLeftAsItWas() {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image, "--blocks", "16").succeeds();
        new Cli().run("-d", image, "target", "create", "kv").succeeds();
        new Cli().run("-d", image, "kv", "put", "key", "value").succeeds();
        String before = states(image);
        for (String options : new String[] {
            "--pattern mixed --luns 0-3 --queue-depth 4 --count 500 --clock virtual",
            "--pattern seqwrite --count 3000",
            "--pattern seqwrite --count 3001 --queue-depth 3 --block-size 16K",
            "--pattern randread --count 100"
        }) {
            JsonObject report = new Cli()
                    .run(("-d " + image + " bench device --json " + options).split(" "))
                    .succeeds()
                    .silently()
                    .json()
                    .getAsJsonObject();
            assertThat(report.get("readErrors").getAsLong()
                            + report.get("writeErrors").getAsLong())
                    .isZero();
            assertThat(states(image)).as(options).isEqualTo(before);
        }
        new Cli().run("-d", image, "kv", "check").succeeds();
        assertThat(new Cli().run("-d", image, "kv", "get", "key").out()).isEqualTo("value");
        Cli.Run stopped = new Cli().interrupted().run("-d", image, "bench", "device", "--read-blocks", "3");
        assertThat(stopped.status()).isEqualTo(1);
        stopped = new Cli().interrupted().run("-d", image, "bench", "device", "--pattern", "seqwrite");
        assertThat(stopped.status()).isEqualTo(1);
        assertThat(states(image)).isEqualTo(before);
    }

    /** A drive of 4 open and 6 active zones closes one by itself to open another. */
    @Test
    void zonesThatOthersLeftPartlyWrittenTakeNoMoreRoomThanTheyHave() throws Exception {
        String image = "emu:" + directory.resolve("zoned.img");
        new Cli().run("device", "create", image, "--profile", "zns-small").succeeds();
        write(image, "blk=0-3", 4);
        String before = states(image);
        for (String pattern : new String[] {"seqwrite", "randread", "mixed"}) {
            new Cli()
                    .run(("-d " + image + " bench device --count 300 --pattern " + pattern).split(" "))
                    .succeeds()
                    .silently();
            assertThat(states(image)).as(pattern).isEqualTo(before);
        }
        write(image, "blk=4-5", 2);
        new Cli()
                .run(("-d " + image + " bench device --pattern seqwrite").split(" "))
                .fails(1, "bench device", "lets only 0 more be open");
    }

    @Test
    void blocksWrittenAnywhereTakeNoPlaceOfOpenOnes() throws Exception {
        String image = "emu:" + directory.resolve("random.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&randomBlocks=2&maxOpen=2&factoryBad=0")
                .succeeds();
        write(image, "ch=0-1,blk=0-1", 4);
        new Cli()
                .run(("-d " + image + " bench device --pattern mixed --count 300 --write-active 2").split(" "))
                .succeeds()
                .silently();
    }

    @Test
    void aLimitOfOpenBlocksOfALunIsKept() throws Exception {
        String image = "emu:" + directory.resolve("lun.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&maxOpenPerLun=1&factoryBad=0")
                .succeeds();
        JsonObject report = new Cli()
                .run(("-d " + image + " bench device --json --pattern mixed --count 300 --read-blocks 3").split(" "))
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(report.get("writeErrors").getAsLong()).isZero();
        write(image, "ch=1,lun=0,blk=5", 2);
        new Cli()
                .run(("-d " + image + " bench device --pattern seqwrite").split(" "))
                .fails(1, "bench device", "LUN 2 has as many blocks open as the drive lets it have");
        new Cli()
                .run(("-d " + image + " bench device --pattern seqwrite --luns 0,1,3").split(" "))
                .succeeds();
    }

    @Test
    void aDriveThatWearsOutShowsWhatWasMeasured() {
        String image = "emu:" + directory.resolve("worn.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&blocks=8&factoryBad=0", "--endurance", "5")
                .succeeds();
        Cli.Run run = new Cli()
                .run(("-d " + image + " --json bench device --pattern seqwrite --clock virtual --duration 100s")
                        .split(" "));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("ocssd: bench device: no LUN takes writes any more", "\nhint: ");
        JsonObject report = run.json().getAsJsonObject();
        assertThat(report.get("writes").getAsLong()).isPositive();
        assertThat(report.get("deadWriters").getAsInt()).isEqualTo(4);
        assertThat(report.get("writeMegabytesPerSecond").getAsDouble()).isPositive();
    }

    @Test
    void fewerBlocksToReadThanWantedIsSaid() {
        Cli.Run run = new Cli()
                .run("bench device --profile tiny --count 100 --luns 0 --read-blocks 999".split(" "))
                .succeeds();
        assertThat(run.err()).isEqualTo("ocssd: note: --read-blocks 999: a LUN has only 16 that can be read\n");
    }

    /** Writes so many sectors of 4 KiB, in all, at these addresses. */
    private void write(String image, String addresses, int sectors) throws Exception {
        Path input = Files.write(directory.resolve("input"), new byte[sectors * 4096]);
        new Cli()
                .run("-d", image, "io", "write", addresses, "--input", input.toString())
                .succeeds();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --luns 0-8                                | LUN 8 is outside the geometry
            --block-size 1000                         | is no multiple of 4 KiB, the sector
            --block-size 2M                           | is more than a block of 1 MiB
            --pattern seqwrite --block-size 4K        | is no multiple of 16 KiB, the smallest write
            --pattern mixed --write-active 9          | more than the 8 LUNs
            --block-size 1M --queue-depth 513         | of buffers
            """)
    void whatTheDriveCannotDoIsSaid(String options, String why) {
        new Cli().run(("bench device " + options).split(" ")).fails(1, "bench device", why);
    }

    private static int[] numbers(JsonArray array) {
        return array.asList().stream().mapToInt(each -> each.getAsInt()).toArray();
    }

    private static String states(String image) {
        JsonArray blocks = new Cli()
                .run("-d", image, "device", "report", "--json")
                .succeeds()
                .json()
                .getAsJsonArray();
        StringBuilder states = new StringBuilder();
        blocks.forEach(each -> states.append(each.getAsJsonObject().get("state").getAsString())
                .append(each.getAsJsonObject().get("writePointerSectors"))
                .append(' '));
        return states.toString();
    }

    private static Cli.Run bench(String options) {
        String[] line = ("bench device --json " + options).split(" ");
        return new Cli().run(line);
    }

    private static String text(String options) {
        return new Cli().run(("bench device " + options).split(" ")).succeeds().out();
    }

    private static JsonObject json(String options) {
        return bench(options).succeeds().silently().json().getAsJsonObject();
    }
}
