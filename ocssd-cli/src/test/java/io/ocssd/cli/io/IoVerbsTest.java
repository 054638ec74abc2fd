package io.ocssd.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** On a drive of 2 x 2 LUNs, 16 blocks of 32 sectors of 4096 + 16 bytes; ws_min 2, mw_cunits 8. */
class IoVerbsTest {
    private static final int BLOCK_BYTES = 32 * 4096;

    @TempDir
    Path directory;

    private String image;
    private Path input;
    private byte[] block;

    @BeforeEach
    void create() throws Exception {
        image = "emu:" + directory.resolve("drive.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&factoryBad=0&copy=on")
                .succeeds();
        block = new byte[BLOCK_BYTES];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < block.length; i++) {
            block[i] = (byte) random.nextInt();
        }
        input = Files.write(directory.resolve("in.bin"), block);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--vector", "--scalar"})
    void whatIsWrittenIsRead(String addressing) throws Exception {
        byte[] oob = Arrays.copyOf(block, 32 * 16);
        Path oobInput = Files.write(directory.resolve("oob.in"), oob);
        assertThat(text("io write ch=1,blk=3 --input " + input + " --oob-input " + oobInput + " " + addressing))
                .startsWith("write 32 sectors with 1 " + addressing.substring(2) + " command, in ")
                .contains("ch=1,lun=0,blk=3,sec=0-31  success\n");
        Path output = directory.resolve("out.bin");
        Path oobOutput = directory.resolve("oob.out");
        text("io read ch=1,blk=3 --count 32 --output " + output + " --oob-output " + oobOutput + " " + addressing);
        assertThat(output).hasBinaryContent(block);
        assertThat(oobOutput).hasBinaryContent(oob);
        Cli.Run piped = run("io read grp=1,chk=3,sec=4 --count 4 --output - " + addressing)
                .succeeds();
        assertThat(piped.stdout()).isEqualTo(Arrays.copyOfRange(block, 4 * 4096, 8 * 4096));
        assertThat(piped.err()).contains("read 4 sectors", "ch=1,lun=0,blk=3,sec=4-7  success");
        assertThat(run("-q io read ch=1,blk=3 --output - " + addressing).err()).isEmpty();
    }

    @Test
    void anAddressListMayGoAnywhere() {
        json("io write ch=0-1,lun=0-1,blk=3 --count 32 --input " + input(4 * BLOCK_BYTES));
        JsonObject read = json("io read ch=0-1,lun=0-1,blk=3,sec=5 0x3000001 --dump");
        assertThat(read.get("count").getAsInt()).isEqualTo(5);
        byte[] data = Base64.getDecoder().decode(read.get("dataBase64").getAsString());
        for (int i = 0; i < 4; i++) {
            assertThat(Arrays.copyOfRange(data, i * 4096, (i + 1) * 4096))
                    .isEqualTo(Arrays.copyOfRange(block, 5 * 4096, 6 * 4096));
        }
        assertThat(Arrays.copyOfRange(data, 4 * 4096, 5 * 4096)).isEqualTo(Arrays.copyOfRange(block, 4096, 2 * 4096));
        assertThat(Base64.getDecoder().decode(read.get("oobBase64").getAsString()))
                .hasSize(5 * 16);
        JsonArray commands = read.getAsJsonArray("commands");
        assertThat(commands).hasSize(1);
        assertThat(commands.get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("addresses")
                        .get(2)
                        .getAsJsonObject()
                        .get("fields")
                        .getAsString())
                .isEqualTo("ch=1,lun=0,blk=3,sec=5");
        assertThat(json("io read ch=0-1,lun=0-1,blk=3 --count 32").getAsJsonArray("commands"))
                .hasSize(2);
        assertThat(json("io read ch=0-1,lun=0-1,blk=3 --count 32 --scalar").getAsJsonArray("commands"))
                .hasSize(4);
    }

    @Test
    void theInputDecidesHowMuchIsWritten() throws Exception {
        Files.write(input, Arrays.copyOf(block, 5 * 4096 + 1));
        assertThat(json("io write blk=2 --input " + input).get("count").getAsInt())
                .isEqualTo(6);
        new Cli()
                .input(block)
                .run(("-d " + image + " --json io write blk=2,sec=6 --input - --count 26").split(" "))
                .fails(1, "io write", "stdin has 131072 bytes, more than the 106496");
    }

    @Test
    void whatTheDeviceRefusesIsNamedForEachAddress() {
        text("io write blk=3 --count 16 --input " + input(16 * 4096));
        Cli.Run run = run("io read blk=3,sec=6-11");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("FAILED to read 6 sectors with 1 vector command")
                .contains("ch=0,lun=0,blk=3,sec=6-7   success\n")
                .contains("ch=0,lun=0,blk=3,sec=8-11  deallocated or unwritten block (0x287)\n");
        assertThat(run.err())
                .startsWith("ocssd: io read: 4 of 6 addresses failed: deallocated or unwritten block (0x287)\nhint: ");
        JsonObject document = run("--json io read blk=3,sec=6-11").json().getAsJsonObject();
        assertThat(document.keySet())
                .containsExactly(
                        "operation",
                        "addressing",
                        "dryRun",
                        "succeeded",
                        "count",
                        "failed",
                        "notWritten",
                        "dataBytes",
                        "commands",
                        "dataBase64",
                        "oobBase64");
        assertThat(document.get("succeeded").getAsBoolean()).isFalse();
        assertThat(document.get("failed").getAsInt()).isEqualTo(4);
        JsonObject command = document.getAsJsonArray("commands").get(0).getAsJsonObject();
        assertThat(command.keySet()).containsExactly("status", "statusName", "elapsedNanos", "addresses");
        assertThat(command.get("status").getAsInt()).isEqualTo(0x287);
        JsonObject address = command.getAsJsonArray("addresses").get(0).getAsJsonObject();
        assertThat(address.keySet()).containsExactly("address", "fields", "destination", "failed", "written", "result");
        assertThat(address.get("address").getAsString()).isEqualTo("0x3000006");
        assertThat(address.get("result").getAsString()).isEqualTo("success");
        assertThat(address.get("written").isJsonNull())
                .as("a read writes nothing")
                .isTrue();
        assertThat(document.get("notWritten").getAsInt()).isZero();

        assertThat(run("io write blk=3,sec=20 --count 2 --input " + input(8192)).err())
                .contains("out of order write (0x2F2)", "write pointer of a block");
        assertThat(run("io write blk=4 --count 1 --input " + input(4096)).err())
                .contains("invalid field (0x002)", "multiple of ws_min = 2 sectors");
    }

    @Test
    void afterAWriteThatFailedNoOtherIsSent() {
        JsonObject document = run("--json io write blk=4,sec=0-1 blk=4,sec=1-2 --scalar --input " + input(8192))
                .json()
                .getAsJsonObject();
        JsonArray commands = document.getAsJsonArray("commands");
        assertThat(commands).hasSize(4);
        assertThat(commands.get(0).getAsJsonObject().get("statusName").getAsString())
                .isEqualTo("invalid field");
        assertThat(commands.get(1).getAsJsonObject().get("status").isJsonNull()).isTrue();
        assertThat(document.get("failed").getAsInt()).isEqualTo(4);
        assertThat(run("io write blk=4,sec=0-1 --scalar --input " + input(8192)).out())
                .contains("sec=0  invalid field (0x002)", "sec=1  not sent");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            profile=tiny&factoryBad=0 | out of order write (0x2F2)
            profile=zns-small         | zone invalid write (0x1BC)
            """)
    void aRefusedWriteWritesNoneOfItsSectors(String parameters, String status) throws Exception {
        create(parameters);
        text("io write blk=0 --count 4 --input " + input(4 * 4096));
        Cli.Run run = run("io write blk=0 blk=3 --count 4 --input " + input(8 * 4096));
        assertThat(run.out())
                .contains("blk=0,sec=0-3  " + status + "\n", "blk=3,sec=0-3  not written\n")
                .doesNotContain("success");
        assertThat(run.err()).startsWith("ocssd: io write: 4 of 8 addresses failed, and 4 were not written: " + status);
        JsonObject document = run("--json io write blk=0 blk=3 --count 4 --input " + input(8 * 4096))
                .json()
                .getAsJsonObject();
        assertThat(document.get("failed").getAsInt()).isEqualTo(4);
        assertThat(document.get("notWritten").getAsInt()).isEqualTo(4);
        JsonObject other = address(document, 7);
        assertThat(other.get("failed").getAsBoolean()).isFalse();
        assertThat(other.get("written").getAsBoolean()).isFalse();
        assertThat(other.get("result").getAsString()).isEqualTo("not written");

        text("io write blk=3 --count 4 --input " + input(4 * 4096));
        assertThat(run("io write blk=0 blk=3 --count 4 --input " + input(8 * 4096))
                        .out())
                .as("what was there before was not written now")
                .contains("blk=3,sec=0-3  not written\n");
    }

    @Test
    void aWriteFaultOfAClosedBlockLeavesTheOthersUnwritten() {
        text("io write blk=0 --input " + input);
        assertThat(run("io write blk=3 blk=0 --count 4 --input " + input(8 * 4096))
                        .out())
                .contains("blk=3,sec=0-3  not written\n", "blk=0,sec=0-3  write fault (0x280)\n");
    }

    @Test
    void aWriteThatFailsOnTheMediaHasWrittenTheRest() {
        String faulty = "-d faults+" + image + "?faults.rules=early-close,chunk=0,sectr=2 --json io write";
        JsonObject document = new Cli()
                .run((faulty + " blk=0 blk=3 --count 4 --input " + input(8 * 4096)).split(" "))
                .json()
                .getAsJsonObject();
        assertThat(document.get("failed").getAsInt()).isEqualTo(2);
        assertThat(document.get("notWritten").getAsInt()).isZero();
        assertThat(address(document, 1).get("written").getAsBoolean()).isTrue();
        assertThat(address(document, 2).get("written").getAsBoolean()).isFalse();
        assertThat(address(document, 4).get("result").getAsString()).isEqualTo("success");
    }

    /** There 0x280 is a block that takes no writes, or media that failed. */
    @Test
    void ofBlocksThatAreWrittenAnywhereTheOthersTell() throws Exception {
        create("profile=tiny&factoryBad=0&randomBlocks=2");
        String faulty = "-d faults+" + image + "?faults.rules=early-close,chunk=0,sectr=2 io write ";
        String many = faulty + "blk=0 blk=1 blk=3 --count 4 --input " + input(12 * 4096);
        assertThat(new Cli().run(many.split(" ")).out())
                .contains("blk=0,sec=2-3  write fault (0x280)\n", "blk=1,sec=0-3  success", "blk=3,sec=0-3  success");
        String two = faulty + "blk=0,sec=2 blk=1,sec=2 --count 2 --input " + input(4 * 4096);
        assertThat(new Cli().run(two.split(" ")).out()).contains("blk=1,sec=2-3  not known whether written\n");
        text("io write blk=4 --input " + input);
        assertThat(run("io write blk=4 blk=1 blk=5 --count 4 --input " + input(12 * 4096))
                        .out())
                .contains("blk=1,sec=0-3  not written\n", "blk=5,sec=0-3  not written\n");
    }

    @Test
    void aCopyOfWhatCannotBeReadCopiesNothing() {
        text("io write blk=3 --count 16 --input " + input(16 * 4096));
        Cli.Run run = run("io copy blk=3,sec=6 --count 4 --to blk=8");
        assertThat(run.out())
                .contains("blk=3,sec=6-7  ch=0,lun=0,blk=8,sec=0-1  not written\n")
                .contains("blk=3,sec=8-9  ch=0,lun=0,blk=8,sec=2-3  deallocated or unwritten block (0x287)\n");
        assertThat(run.err()).contains("2 of 4 addresses failed, and 2 were not written: ");
    }

    private void create(String parameters) {
        image = "emu:" + directory.resolve("other.img");
        new Cli().run("device", "create", image + "?" + parameters).succeeds();
    }

    private static JsonObject address(JsonObject document, int index) {
        return document.getAsJsonArray("commands")
                .get(0)
                .getAsJsonObject()
                .getAsJsonArray("addresses")
                .get(index)
                .getAsJsonObject();
    }

    @Test
    void eraseNeedsAYesOrADryRun() {
        text("io write blk=3-4 --count 32 --input " + input(2 * BLOCK_BYTES));
        run("io erase blk=3-4,sec=7").fails(2, "io erase", "this would erase 2 blocks of " + image);
        assertThat(text("io erase blk=3-4 --dry-run"))
                .isEqualTo(
                        "would erase 2 blocks with 1 vector command:\naddress\nch=0,lun=0,blk=3\nch=0,lun=0,blk=4\n");
        JsonObject dry = json("io erase blk=3-4 --dry-run");
        assertThat(dry.get("dryRun").getAsBoolean()).isTrue();
        assertThat(dry.get("succeeded").isJsonNull()).isTrue();
        assertThat(states("closed")).isEqualTo(2);

        new Cli()
                .onTerminal()
                .input("n\n".getBytes(StandardCharsets.UTF_8))
                .run("-d", image, "io", "erase", "blk=3")
                .err();
        assertThat(states("closed")).isEqualTo(2);
        Cli.Run asked = new Cli()
                .onTerminal()
                .input("yes\n".getBytes(StandardCharsets.UTF_8))
                .run("-d", image, "io", "erase", "blk=3")
                .succeeds();
        assertThat(asked.err()).isEqualTo("This will erase 1 block of " + image + ". Go on? [y/N] ");
        assertThat(states("closed")).isEqualTo(1);
        assertThat(text("io erase blk=4 --yes --scalar"))
                .startsWith("erase 1 block with 1 scalar command")
                .contains("ch=0,lun=0,blk=4  success");
        assertThat(states("closed")).isZero();
        Cli.Run again = run("io erase blk=4 --count 2 --yes");
        assertThat(again.status()).isEqualTo(1);
        assertThat(again.err()).contains("2 of 2 addresses failed: invalid reset (0x2C1)");
    }

    @Test
    void everyBlockIsErasedOnce() {
        text("io write blk=0 --input " + input);
        assertThat(text("io erase 0-3 --yes")).startsWith("erase 1 block with 1 vector command");
        text("io write blk=0-1 --count 32 --input " + input(2 * BLOCK_BYTES));
        run("io erase 5 blk=0-1,sec=0-7").fails(2, "io erase", "this would erase 2 blocks of " + image);
        assertThat(json("io erase 5 blk=0-1,sec=0-7 --scalar --yes")
                        .get("count")
                        .getAsInt())
                .isEqualTo(2);
        text("io write blk=0-2 --count 32 --input " + input(3 * BLOCK_BYTES));
        assertThat(text("io erase blk=0 blk=1 --count 2 --yes"))
                .startsWith("erase 3 blocks")
                .contains("blk=0  success", "blk=1  success", "blk=2  success");
    }

    @Test
    void aScalarEraseHasTheSizeOfItsBlock() throws Exception {
        image = "emu:" + directory.resolve("short.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&factoryBad=0&shortBlocks=3")
                .succeeds();
        int found = 0;
        for (JsonElement each : run("--json device report").json().getAsJsonArray()) {
            JsonObject row = each.getAsJsonObject();
            int sectors = row.get("sectors").getAsInt();
            if (sectors < 32) {
                String address = row.get("address").getAsString();
                text("io write " + address + " --input " + input(sectors * 4096));
                text("io erase " + address + " --scalar --yes");
                found++;
            }
        }
        assertThat(found).isEqualTo(3);
    }

    @Test
    void anEmptyInputWritesNothing() throws Exception {
        Files.write(input, new byte[0]);
        run("io write blk=3 --input " + input).fails(1, "io write", "in.bin is empty");
        run("io write blk=3 --count 2 --input -").fails(1, "io write", "stdin is empty");
        assertThat(states("open")).isZero();
    }

    @Test
    void theHintForTooMuchInputCanBeFollowed() throws Exception {
        Path file = input(BLOCK_BYTES + 1);
        assertThat(run("io write blk=3 --input " + file).err())
                .contains("has 131073 bytes, more than the 131072")
                .doesNotContain("larger --count")
                .contains("hint: give less: the block has room for 32 sectors from blk=3 on\n");
        assertThat(run("io write blk=3-4 --count 16 --input " + input(40 * 4096))
                        .err())
                .contains("hint: give --count 20, so many sectors of each ADDR\n");
        assertThat(run("io write blk=3 blk=4 --input " + input(40 * 4096)).err())
                .contains("hint: give --count 20, so many sectors of each ADDR\n");
        assertThat(run("io write blk=3-4 --count 16 --input " + input(65 * 4096))
                        .err())
                .contains("hint: give less, or more addresses\n");
    }

    @Test
    void copiesAreMadeByTheDevice() throws Exception {
        text("io write blk=3 --input " + input);
        assertThat(text("io copy blk=3 --count 32 --to ch=1,lun=1,blk=9"))
                .contains("address                    to                         result\n")
                .contains("ch=0,lun=0,blk=3,sec=0-31  ch=1,lun=1,blk=9,sec=0-31  success\n");
        Path output = directory.resolve("out.bin");
        text("io read ch=1,lun=1,blk=9 --count 32 --output " + output);
        assertThat(output).hasBinaryContent(block);
        JsonObject dry = json("io copy blk=3,sec=4-7 --to blk=8,sec=0-3 --dry-run");
        assertThat(dry.getAsJsonArray("commands")
                        .get(0)
                        .getAsJsonObject()
                        .getAsJsonArray("addresses")
                        .get(1)
                        .getAsJsonObject()
                        .get("destination")
                        .getAsString())
                .isEqualTo("ch=0,lun=0,blk=8,sec=1");
        assertThat(run("io copy blk=3,sec=4-7 --to blk=8,sec=4").status()).isEqualTo(1);
    }

    @Test
    void aDumpShowsBytesAndStarsForRepeats() throws Exception {
        byte[] bytes = new byte[2 * 4096];
        System.arraycopy("hello, flash".getBytes(StandardCharsets.UTF_8), 0, bytes, 0, 12);
        Files.write(input, bytes);
        text("io write blk=3 --count 32 --input " + input);
        assertThat(text("io read blk=3 --dump"))
                .contains("00000000  68 65 6c 6c 6f 2c 20 66  6c 61 73 68 00 00 00 00  |hello, flash....|\n")
                .contains("00000010  00 00 00 00", "\n*\n00000ff0  ", "\nout of band\n");
    }

    @Test
    void whatIsOutsideTheGeometryIsNotSent() {
        run("io read ch=2").fails(1, "io read", "channel=2 is not in 0..1");
        run("io read sec=31 --count 2").fails(1, "io read", "2 sectors from sec=31 on end behind the block");
        run("io erase blk=15 --count 2 --yes").fails(1, "io erase", "2 blocks from blk=15 on end behind the last");
        run("io write blk=3 --input " + directory.resolve("nix")).fails(1, "io write", "no such file");
        run("io read 0 --output " + directory.resolve("drive.img")).fails(2, "io read", "image of the drive itself");
        run("io write blk=3 --count 2 --input " + input(8192) + " --oob-input " + input)
                .fails(1, "io write", "more bytes than the 32 out-of-band bytes of 2 sectors");
    }

    private long states(String state) {
        return new Cli()
                .run("-d", image, "device", "report", "--json", "--state", state)
                .json()
                .getAsJsonArray()
                .size();
    }

    /** A file with the block, again and again up to so many bytes. */
    private Path input(int bytes) {
        byte[] repeated = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            repeated[i] = block[i % BLOCK_BYTES];
        }
        try {
            return Files.write(directory.resolve("in-" + bytes + ".bin"), repeated);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Cli.Run run(String line) {
        return new Cli().run(("-d " + image + " " + line).split(" "));
    }

    private String text(String line) {
        return run(line).succeeds().silently().out();
    }

    private JsonObject json(String line) {
        return run("--json " + line).succeeds().silently().json().getAsJsonObject();
    }
}
