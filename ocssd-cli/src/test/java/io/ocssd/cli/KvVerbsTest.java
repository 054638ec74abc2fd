package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KvVerbsTest {
    private static final byte[] NO_TEXT = {(byte) 0xff, 0, 1, '\n'};

    @TempDir
    Path directory;

    private String image;

    @BeforeEach
    void create() {
        image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image, "--profile", "tiny").succeeds();
        new Cli().run("-d", image, "target", "create", "kv").succeeds();
    }

    @Test
    void whatIsPutIsGotByteForByte() throws Exception {
        assertThat(kv("put", "greeting", "hello, flash").succeeds().silently().out())
                .isEqualTo("put greeting, 12 bytes\n");
        assertThat(kv("get", "greeting").succeeds().silently().out()).isEqualTo("hello, flash");
        assertThat(kv("put", "empty", "").succeeds().out()).contains("0 bytes");
        assertThat(kv("get", "empty").succeeds().stdout()).isEmpty();
        assertThat(kv("put", "@file", "@value").succeeds().out()).isEqualTo("put @file, 6 bytes\n");
        assertThat(kv("get", "@file").out()).isEqualTo("@value");

        new Cli()
                .input(NO_TEXT)
                .run("-d", image, "kv", "put", "bytes", "--input", "-")
                .succeeds();
        assertThat(kv("get", "bytes").succeeds().stdout()).isEqualTo(NO_TEXT);
        Path file = directory.resolve("value");
        kv("get", "bytes", "--output", file.toString()).succeeds().silently();
        assertThat(file).hasBinaryContent(NO_TEXT);
        kv("put", "again", "--input", file.toString()).succeeds();
        assertThat(kv("get", "again").stdout()).isEqualTo(NO_TEXT);
    }

    @Test
    void acknowledgementsNeverEmptyWhatTheyMustNot() throws Exception {
        Path files = Files.createDirectory(directory.resolve("files"));
        Files.writeString(files.resolve("a"), "1");
        Path drive = directory.resolve("drive.img");
        byte[] before = Files.readAllBytes(drive);
        kv("load", files.toString(), "--acknowledge", drive.toString())
                .fails(2, "kv load", "is the image of the drive itself");
        assertThat(Files.readAllBytes(drive)).isEqualTo(before);

        Path precious = Files.writeString(directory.resolve("precious"), "precious");
        new Cli()
                .run(
                        "-d",
                        "emu:" + directory.resolve("none.img"),
                        "kv",
                        "load",
                        files.toString(),
                        "--acknowledge",
                        precious.toString())
                .fails(1, "kv load", "there is no file");
        assertThat(precious).hasContent("precious");
        kv("load", "").fails(2, "kv load", "empty");
        kv("put", "k", "v").succeeds();
        kv("get", "k", "--output", drive.toString()).fails(2, "kv get", "is the image of the drive itself");
        kv("get", "k").succeeds();
    }

    @Test
    void textsThatDidNotArriveWholeAreRefused() {
        kv("put", "k\uFFFD", "1").fails(2, "kv put", "UTF-8");
        kv("get", "k\uFFFD").fails(2, "kv get", "UTF-8");
    }

    @Test
    void jsonHoldsTextOrBase64() {
        JsonObject put = kv("put", "k", "v", "--json").succeeds().json().getAsJsonObject();
        assertThat(put.get("valueBytes").getAsInt()).isEqualTo(1);
        JsonObject text = kv("get", "k", "--json").succeeds().json().getAsJsonObject();
        assertThat(text.keySet()).containsExactly("key", "value", "valueBase64", "valueBytes");
        assertThat(text.get("value").getAsString()).isEqualTo("v");
        assertThat(text.get("valueBase64").isJsonNull()).isTrue();

        new Cli()
                .input(NO_TEXT)
                .run("-d", image, "kv", "put", "b", "--input", "-")
                .succeeds();
        JsonObject bytes = kv("get", "b", "--json").succeeds().json().getAsJsonObject();
        assertThat(bytes.get("value").isJsonNull()).isTrue();
        assertThat(Base64.getDecoder().decode(bytes.get("valueBase64").getAsString()))
                .isEqualTo(NO_TEXT);
    }

    @Test
    void anAbsentKeyIsStatusOne() {
        kv("get", "nothing").fails(1, "kv get", "there is no key \"nothing\"");
        kv("get", "nothing", "--json").fails(1, "kv get", "there is no key");
    }

    @Test
    void deletedKeysAreGone() {
        kv("put", "k", "v").succeeds();
        assertThat(kv("delete", "k").succeeds().silently().out()).isEqualTo("deleted k\n");
        kv("get", "k").fails(1, "kv get", "no key");
        assertThat(kv("delete", "k").succeeds().out()).contains("was not there");
        assertThat(kv("delete", "k", "--json")
                        .json()
                        .getAsJsonObject()
                        .get("existed")
                        .getAsBoolean())
                .isFalse();
    }

    @Test
    void scanGoesThroughARangeInOrder() {
        for (String key : new String[] {"c", "a", "d", "b"}) {
            kv("put", key, "value of " + key).succeeds();
        }
        new Cli()
                .input(NO_TEXT)
                .run("-d", image, "kv", "put", "e", "--input", "-")
                .succeeds();
        assertThat(kv("scan").succeeds().silently().out())
                .isEqualTo("a\tvalue of a\nb\tvalue of b\nc\tvalue of c\nd\tvalue of d\ne\t<4 bytes>\n");
        assertThat(kv("scan", "b", "d", "--keys-only").out()).isEqualTo("b\nc\n");
        assertThat(kv("scan", "--limit", "1").out()).isEqualTo("a\tvalue of a\n");
        assertThat(kv("scan", "x").succeeds().out()).isEmpty();

        JsonObject document =
                kv("scan", "d", "--json").succeeds().silently().json().getAsJsonObject();
        assertThat(document.keySet()).containsExactly("entries", "count", "complete");
        JsonArray entries = document.getAsJsonArray("entries");
        assertThat(entries).hasSize(2);
        assertThat(entries.get(0).getAsJsonObject().get("value").getAsString()).isEqualTo("value of d");
        assertThat(entries.get(1).getAsJsonObject().get("valueBase64").getAsString())
                .isEqualTo(Base64.getEncoder().encodeToString(NO_TEXT));
        assertThat(document.get("count").getAsInt()).isEqualTo(2);
        assertThat(document.get("complete").getAsBoolean()).isTrue();
        assertThat(kv("scan", "--json", "--keys-only", "--limit", "0")
                        .json()
                        .getAsJsonObject()
                        .get("count")
                        .getAsInt())
                .isZero();
    }

    @Test
    void keysAreShownOnOneLine() {
        kv("put", "two\nlines\\", "v").succeeds();
        assertThat(kv("scan", "--keys-only").out()).isEqualTo("two\\x0alines\\\\\n");
    }

    @Test
    void loadTakesEveryFileBelowADirectory() throws Exception {
        Path files = Files.createDirectories(directory.resolve("files/deep/er"));
        Files.writeString(files.resolve("z"), "last");
        Files.writeString(directory.resolve("files/a"), "first");
        Files.createSymbolicLink(directory.resolve("files/link"), directory.resolve("files/a"));
        Path acknowledged = directory.resolve("acknowledged");
        Cli.Run run = kv("load", directory.resolve("files").toString(), "--acknowledge", acknowledged.toString());
        assertThat(run.succeeds().silently().out()).isEqualTo("loaded 2 entries, 9 bytes\n");
        assertThat(acknowledged).hasContent("a\ndeep/er/z\n");
        assertThat(kv("get", "deep/er/z").out()).isEqualTo("last");

        run = kv("load", directory.resolve("files").toString(), "--prefix", "p/", "--sync", "--acknowledge", "-");
        assertThat(run.succeeds().out()).isEqualTo("p/a\np/deep/er/z\n");
        assertThat(run.err()).isEqualTo("loaded 2 entries, 9 bytes\n");

        JsonObject loaded = kv("load", directory.resolve("files").toString(), "--json")
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(loaded.get("entries").getAsInt()).isEqualTo(2);
        assertThat(loaded.get("complete").getAsBoolean()).isTrue();
    }

    @Test
    void filesThatAreTooLargeAreNamedAndTheRestIsLoaded() throws Exception {
        Path files = Files.createDirectory(directory.resolve("files"));
        Files.writeString(files.resolve("a"), "small");
        Files.write(files.resolve("b"), new byte[4 << 20]);
        Files.writeString(files.resolve("c"), "small too");
        Cli.Run run = kv("load", files.toString());
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("skipped ", "/b: ", "4194305 bytes");
        assertThat(run.out()).contains("loaded 2 entries", "skipped 1");
        assertThat(kv("get", "c").succeeds().out()).isEqualTo("small too");

        kv("put", "b", "--input", files.resolve("b").toString()).fails(1, "kv put", "maxEntryBytes");
        kv("put", "k".repeat(5000), "v").fails(1, "kv put", "keyBytes=5000");
    }

    @Test
    void loadOfNoDirectoryIsRefused() throws Exception {
        kv("load", directory.resolve("nix").toString()).fails(1, "kv load", "nix: no such file or directory");
        Path file = Files.writeString(directory.resolve("f"), "");
        kv("load", file.toString()).fails(1, "kv load", "is not a directory");
    }

    @Test
    void anInterruptedLoadKeepsWhatItPut() throws Exception {
        Path files = Files.createDirectory(directory.resolve("files"));
        for (int i = 0; i < 5; i++) {
            Files.writeString(files.resolve("f" + i), "content");
        }
        Cli.Run run = new Cli().interrupted().run("-d", image, "kv", "load", files.toString(), "--json");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.json().getAsJsonObject().get("entries").getAsInt()).isEqualTo(1);
        assertThat(run.json().getAsJsonObject().get("complete").getAsBoolean()).isFalse();
        assertThat(run.err()).contains("stopped");
        assertThat(kv("get", "f0").succeeds().out()).isEqualTo("content");
        kv("check").succeeds();
    }

    @Test
    void checkAndStats() {
        kv("put", "k", "v").succeeds();
        assertThat(kv("check").succeeds().silently().out())
                .startsWith("checked 1 entries")
                .contains("no damage");
        JsonObject check = kv("check", "--json").succeeds().silently().json().getAsJsonObject();
        assertThat(check.keySet())
                .containsExactly("clean", "findings", "entries", "tables", "dataBlocks", "logs", "readBytes");
        assertThat(check.get("clean").getAsBoolean()).isTrue();
        assertThat(kv("stats").succeeds().silently().out()).contains("1 puts and deletes in its life");
        assertThat(kv("stats", "--json")
                        .json()
                        .getAsJsonObject()
                        .get("lastSequence")
                        .getAsInt())
                .isEqualTo(1);
    }

    @Test
    void storesOfOtherNamesAreApart() {
        kv("put", "k", "one").succeeds();
        kv("put", "k", "two", "--db", "other").succeeds();
        assertThat(kv("get", "k").out()).isEqualTo("one");
        assertThat(kv("get", "k", "--db", "other").out()).isEqualTo("two");
    }

    @Test
    void aVirtualClockGivesTheSameStore() {
        String virtual = image + "?clock=virtual";
        new Cli().run("-d", virtual, "kv", "put", "k", "v").succeeds();
        assertThat(new Cli().run("-d", virtual, "kv", "get", "k").succeeds().out())
                .isEqualTo("v");
        assertThat(kv("get", "k").out()).isEqualTo("v");
    }

    @Test
    void progressIsShownOnATerminalAndOnStderrOnly() throws Exception {
        Path files = Files.createDirectory(directory.resolve("files"));
        Files.writeString(files.resolve("f"), "content");
        Cli.Run run = new Cli().onTerminal().run("-d", image, "kv", "load", files.toString());
        assertThat(run.succeeds().out()).isEqualTo("loaded 1 entry, 7 bytes\n");
        assertThat(run.err()).contains("loading");
        run = new Cli().onTerminal().run("-q", "-d", image, "kv", "load", files.toString());
        run.succeeds().silently();
    }

    @Test
    void valuesOfAnyBytesSurviveTheTextOfTheirKeys() {
        String key = "ключ/\u00e9";
        kv("put", key, "значение").succeeds();
        assertThat(kv("get", key).stdout()).isEqualTo("значение".getBytes(StandardCharsets.UTF_8));
    }

    private Cli.Run kv(String... arguments) {
        String[] line = new String[3 + arguments.length];
        line[0] = "-d";
        line[1] = image;
        line[2] = "kv";
        System.arraycopy(arguments, 0, line, 3, arguments.length);
        return new Cli().run(line);
    }
}
