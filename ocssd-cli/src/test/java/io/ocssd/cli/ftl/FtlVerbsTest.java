package io.ocssd.cli.ftl;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a drive of 2 x 2 LUNs, 16 blocks of 32 sectors of 4096 bytes. */
class FtlVerbsTest {
    @TempDir
    Path directory;

    private String image;

    @BeforeEach
    void create() {
        image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image + "?profile=tiny&factoryBad=0").succeeds();
        run("target create t").succeeds();
    }

    private Cli.Run run(String line) {
        String[] words = line.startsWith("-d ") ? line.split(" ") : ("-d " + image + " " + line).split(" ");
        return new Cli().run(words);
    }

    private static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(data);
        return data;
    }

    @Test
    void aTargetIsFormattedWhenTheUserWantsIt() {
        run("ftl info").fails(1, "ftl info", "the target holds no block device");
        run("vblock allocate").succeeds();
        run("ftl format").fails(2, "ftl format", "this would erase 1 vblock of target t");
        assertThat(run("ftl format --dry-run").succeeds().out()).contains("would erase 1 vblock");
        run("ftl format --overprovision 0 --yes").fails(2, "ftl format", "overprovision=0.0");
        run("ftl format --width 5 --yes").fails(1, "ftl format", "--width 5 is not in 1..4");
        JsonObject made = run("--json ftl format --overprovision 0.3 --sectors 500 --yes")
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(made.keySet()).containsExactly("blockDevice", "erasedVblocks", "dryRun");
        assertThat(made.get("erasedVblocks").getAsInt()).isEqualTo(1);
        JsonObject view = made.getAsJsonObject("blockDevice");
        assertThat(view.keySet())
                .containsExactly(
                        "sectors",
                        "sectorBytes",
                        "capacityBytes",
                        "mappedSectors",
                        "mostAtomicSectors",
                        "units",
                        "freeUnits",
                        "pagesPerUnit",
                        "width",
                        "replayedRecords");
        assertThat(view.get("capacityBytes").getAsLong()).isEqualTo(500L * 4096);
        assertThat(run("--json ftl info").succeeds().json().getAsJsonObject()).isEqualTo(view);
        assertThat(run("ftl info").succeeds().out()).contains("500 of 4 KiB", "0 hold something");
        run("ftl format --sectors 100000 --yes").fails(1, "ftl format", "100000 were asked for");
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        run("ftl format --yes").succeeds();
        byte[] data = random(20 * 4096);
        Path input = Files.write(directory.resolve("in.bin"), data);
        assertThat(run("ftl write --sector 7 --input " + input).succeeds().out())
                .isEqualTo("wrote 20 sectors from sector 7\n");
        assertThat(run("ftl read --sector 7 --count 20").succeeds().silently().stdout())
                .isEqualTo(data);
        assertThat(run("ftl read --sector 27 --count 1").succeeds().stdout()).isEqualTo(new byte[4096]);
        Files.write(input, random(8 * 4096));
        JsonObject written = run("--json ftl write --atomic --sector 9 --input " + input)
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(written.keySet()).containsExactly("sector", "sectors", "complete");
        System.arraycopy(random(8 * 4096), 0, data, 2 * 4096, 8 * 4096);
        Path output = directory.resolve("out.bin");
        JsonObject got = run("--json ftl read --sector 8 --count 19 --output " + output)
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(got.keySet()).containsExactly("sector", "sectors", "output", "complete");
        assertThat(output).hasBinaryContent(Arrays.copyOfRange(data, 4096, 20 * 4096));
        byte[] piped = random(4096);
        new Cli()
                .input(piped)
                .run(("-d " + image + " ftl write --input -").split(" "))
                .succeeds();
        assertThat(run("ftl read --count 1").succeeds().stdout()).isEqualTo(piped);
        assertThat(run("ftl check").succeeds().out()).contains("no damage");
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeAnythingIsWritten() throws Exception {
        run("ftl format --sectors 100 --yes").succeeds();
        Path input = Files.write(directory.resolve("in.bin"), random(4097));
        run("ftl write --input " + input).fails(1, "ftl write", "ends within a sector");
        Files.write(input, random(8192));
        run("ftl write --sector 99 --input " + input).fails(1, "ftl write", "has sectors 0 to 99");
        Files.write(input, random(100 * 4096));
        run("ftl write --atomic --input " + input).fails(1, "ftl write", "written atomically");
        run("ftl read --sector 100 --count 1").fails(1, "ftl read", "has sectors 0 to 99");
        run("--json ftl read").fails(2, "ftl read", "both want stdout");
        run("ftl trim --sector 0 --count 101 --yes").fails(1, "ftl trim", "has sectors 0 to 99");
        run("ftl gc --units 0").fails(2, "ftl gc", "--units 0");
        run("ftl gc --policy nix").fails(2, "ftl gc", "there is no \"nix\"");
        assertThat(run("--json ftl info")
                        .json()
                        .getAsJsonObject()
                        .get("mappedSectors")
                        .getAsLong())
                .isZero();
    }

    @Test
    void sectorsAreTrimmedAndTheirRoomIsCollected() throws Exception {
        run("ftl format --yes").succeeds();
        Path input = Files.write(directory.resolve("in.bin"), random(200 * 4096));
        run("ftl write --input " + input).succeeds();
        run("ftl trim --sector 0 --count 150").fails(2, "ftl trim", "this would trim 150 sectors");
        JsonObject trimmed = run("--json ftl trim --sector 0 --count 150 --yes")
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(trimmed.keySet()).containsExactly("sector", "sectors", "freedSectors", "dryRun");
        assertThat(trimmed.get("freedSectors").getAsLong()).isEqualTo(150);
        JsonObject collected =
                run("--json ftl gc --units 3 --policy fifo").succeeds().json().getAsJsonObject();
        assertThat(collected.keySet()).containsExactly("freedUnits", "freeUnits", "relocatedSectors", "erasedUnits");
        assertThat(collected.get("freedUnits").getAsInt()).isEqualTo(3);
        assertThat(run("ftl read --sector 149 --count 2").succeeds().stdout())
                .isEqualTo(Arrays.copyOf(
                        concat(new byte[4096], Arrays.copyOfRange(random(200 * 4096), 150 * 4096, 151 * 4096)), 8192));
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    @Test
    void aUnitThatIsMissingIsDamage() throws Exception {
        run("ftl format --yes").succeeds();
        Path input = Files.write(directory.resolve("in.bin"), random(4096));
        run("ftl write --input " + input).succeeds();
        String data = "";
        for (var each : run("--json vblock list").json().getAsJsonArray()) {
            if (each.getAsJsonObject().get("stream").getAsString().equals("data")) {
                data = each.getAsJsonObject().get("id").getAsString();
            }
        }
        run("vblock erase " + data + " --yes").succeeds();
        Cli.Run run = run("ftl check");
        assertThat(run.status()).isEqualTo(3);
        assertThat(run.out()).contains("is in a vblock that is not there", "1 finding");
        run("ftl info").fails(1, "ftl info", "is in a vblock that is not there");
    }
}
