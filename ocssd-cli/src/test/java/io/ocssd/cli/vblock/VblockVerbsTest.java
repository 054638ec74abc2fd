package io.ocssd.cli.vblock;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a drive of 2 x 2 LUNs, 16 blocks of 32 sectors of 4096 bytes; ws_min 2, mw_cunits 8. */
class VblockVerbsTest {
    private static final String[] KEYS = {"id", "stream", "tag", "width", "luns", "lengthBytes", "sealed"};

    @TempDir
    Path directory;

    private String image;

    @BeforeEach
    void create() {
        image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image + "?profile=tiny&factoryBad=0").succeeds();
        run("target create t").succeeds();
    }

    @Test
    void whatIsWrittenIsReadAtAnyOffsetAndLength() throws Exception {
        byte[] data = random(300_000);
        Path input = Files.write(directory.resolve("in.bin"), data);
        JsonObject written = run("--json vblock write --input " + input + " --stream log --tag 77 --sync-every 40000")
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(written.keySet()).containsExactly("vblocks", "bytes", "complete");
        JsonObject vblock = written.getAsJsonArray("vblocks").get(0).getAsJsonObject();
        assertThat(vblock.keySet()).containsExactly(KEYS);
        assertThat(vblock.get("stream").getAsString()).isEqualTo("log");
        assertThat(vblock.get("tag").getAsLong()).isEqualTo(77);
        assertThat(vblock.get("width").getAsInt()).isEqualTo(4);
        assertThat(vblock.get("lengthBytes").getAsLong()).isEqualTo(data.length);
        String id = vblock.get("id").getAsString();

        assertThat(run("vblock read " + id).succeeds().silently().stdout()).isEqualTo(data);
        Path output = directory.resolve("out.bin");
        assertThat(run("vblock read " + id + " --offset 12345 --length 100000 --output " + output)
                        .succeeds()
                        .out())
                .isEqualTo("read 97.7 KiB of vblock " + id + " to " + output + "\n");
        assertThat(output).hasBinaryContent(Arrays.copyOfRange(data, 12345, 112345));
        JsonObject got = run("--json vblock read " + Long.decode(id) + " --offset 300000 --output " + output)
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(got.keySet()).containsExactly("vblock", "offsetBytes", "bytes", "output", "complete");
        assertThat(got.get("bytes").getAsLong()).isZero();

        run("vblock read " + id + " --offset 300001").fails(1, "vblock read", "has 300000 bytes");
        run("vblock read " + id + " --offset 1 --length 300000")
                .fails(1, "vblock read", "too few for 300000 bytes from 1");
        run("vblock read 0x123").fails(1, "vblock read", "there is no vblock 0x123");
        run("vblock read " + id + " --output " + directory).fails(1, "vblock read", "is a folder");
    }

    @Test
    void standardInputGoesToAsManyVblocksAsItTakes() {
        byte[] data = random(500_000);
        new Cli()
                .input(data)
                .run(("-d " + image + " vblock write --input - --width 1").split(" "))
                .fails(1, "vblock write", "nothing was kept");
        assertThat(run("vblock list").succeeds().out()).contains("no vblock");
        JsonArray vblocks = new Cli()
                .input(data)
                .run(("-d " + image + " --json vblock write --input - --width 1 --split").split(" "))
                .succeeds()
                .json()
                .getAsJsonObject()
                .getAsJsonArray("vblocks");
        assertThat(vblocks.size()).isGreaterThan(3);
        byte[] all = new byte[0];
        for (int i = 0; i < vblocks.size(); i++) {
            byte[] part = run("vblock read "
                            + vblocks.get(i).getAsJsonObject().get("id").getAsString())
                    .succeeds()
                    .stdout();
            byte[] longer = Arrays.copyOf(all, all.length + part.length);
            System.arraycopy(part, 0, longer, all.length, part.length);
            all = longer;
        }
        assertThat(all).isEqualTo(data);
    }

    @Test
    void aFileThatIsTooLargeIsRefusedBeforeAnythingIsWritten() throws Exception {
        Path input = Files.write(directory.resolve("in.bin"), random(200_000));
        Cli.Run run = run("vblock write --width 1 --input " + input);
        run.fails(1, "vblock write", "the input has 200,000 bytes, and a vblock of width 1 takes ");
        assertThat(run.err()).contains("hint: add --split");
        assertThat(run("vblock list").succeeds().out()).contains("no vblock");
        run("vblock write --width 5 --input " + input).fails(1, "vblock write", "--width 5 is not in 1..4");
        run("vblock write --input " + directory.resolve("nix")).fails(1, "vblock write", "no such file");
        Files.write(input, new byte[0]);
        assertThat(run("vblock write --input " + input).succeeds().out()).startsWith("wrote 0 bytes to vblock 0x");
    }

    @Test
    void aDriveThatIsFullKeepsWhatItHas() throws Exception {
        run("vblock allocate --width 4 --count 13").succeeds();
        Path input = Files.write(directory.resolve("in.bin"), random(900_000));
        // Two blocks of two LUNs are the label's, and two are kept for the journal.
        Cli.Run run = run("vblock write --width 4 --split --input " + input);
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("ocssd: vblock write: no space: ");
        assertThat(run("--json vblock list").json().getAsJsonArray()).hasSizeGreaterThanOrEqualTo(13);
        run("vblock allocate --width 1 --count 2").succeeds();
    }

    @Test
    void blocksAreMarkedBadForGood() {
        String block = "ch=1,lun=1,blk=9";
        run("badblock mark " + block).fails(2, "badblock mark", "");
        run("badblock mark " + block + " --dry-run --yes").succeeds();
        assertThat(run("badblock mark " + block + " --yes").succeeds().out()).isEqualTo("marked 1 block\n");
        assertThat(run("--json badblock mark " + block + " --yes")
                        .succeeds()
                        .json()
                        .getAsJsonObject()
                        .keySet())
                .containsExactly("blocks", "dryRun");
        assertThat(run("badblock list").succeeds().silently().out())
                .containsPattern(" marked +[a-z]+ .*\n1 bad block\n");
        run("badblock mark ch=0,lun=0,blk=0 --yes").fails(1, "badblock mark", "belongs to the label");
        run("badblock mark ch=0,lun=0,blk=99 --yes").fails(1, "badblock mark", "");
    }

    @Test
    void vblocksAreAllocatedListedAndShown() {
        JsonArray made = run("--json vblock allocate --width 2 --count 3 --stream gc --tag 5 --placement all-luns")
                .succeeds()
                .json()
                .getAsJsonArray();
        assertThat(made).hasSize(3);
        assertThat(made.get(0).getAsJsonObject().keySet()).containsExactly(KEYS);
        String text = run("vblock list").succeeds().silently().out();
        assertThat(text)
                .contains("id           stream  tag  width  luns", "gc      ", "closed\n", "3 vblocks, 0 bytes\n");
        String id = made.get(1).getAsJsonObject().get("id").getAsString();
        assertThat(run("vblock info " + id).succeeds().out()).contains(id).doesNotContain("3 vblocks");
        assertThat(run("--json vblock info " + id).json().getAsJsonObject()).isEqualTo(made.get(1));
        run("vblock info 0x99").fails(1, "vblock info", "there is no vblock 0x99");
        JsonObject target = run("--json vblock info").json().getAsJsonObject();
        assertThat(target.keySet()).containsExactly("target", "maxWidth", "vblocks", "unitBytes", "widths");
        assertThat(target.getAsJsonArray("widths").get(0).getAsJsonObject().keySet())
                .containsExactly("width", "capacityBytes", "available", "maxWriters");
        assertThat(run("vblock info").succeeds().out()).contains("width", "capacity", "target t has 3 vblocks");
    }

    @Test
    void vblocksAreErasedWhenTheUserWantsIt() {
        JsonArray made =
                run("--json vblock allocate --count 3").succeeds().json().getAsJsonArray();
        String first = made.get(0).getAsJsonObject().get("id").getAsString();
        run("vblock erase " + first).fails(2, "vblock erase", "this would erase 1 vblock of target t");
        run("vblock erase " + first + " 0x99 --yes").fails(1, "vblock erase", "there is no vblock 0x99");
        assertThat(run("vblock erase " + first + " --dry-run").succeeds().out())
                .isEqualTo("would erase 1 vblock, 0 bytes\n");
        assertThat(run("--json vblock list").json().getAsJsonArray()).hasSize(3);
        assertThat(run("vblock erase " + first + " " + first + " --yes")
                        .succeeds()
                        .out())
                .isEqualTo("erased 1 vblock, 0 bytes\n");
        JsonObject rest = run("--json vblock erase --all --yes").json().getAsJsonObject();
        assertThat(rest.keySet()).containsExactly("vblocks", "dryRun");
        assertThat(rest.getAsJsonArray("vblocks")).hasSize(2);
        assertThat(run("vblock list").succeeds().out()).contains("no vblock");
    }

    @Test
    void aVblockIsCopiedToAnotherTarget() throws Exception {
        run("target resize t --luns 0-1").succeeds();
        run("target create other").succeeds();
        byte[] data = random(70_000);
        Path input = Files.write(directory.resolve("in.bin"), data);
        String id = run("--json vblock write --target t --input " + input)
                .json()
                .getAsJsonObject()
                .getAsJsonArray("vblocks")
                .get(0)
                .getAsJsonObject()
                .get("id")
                .getAsString();
        run("vblock list").fails(2, "vblock list", "several targets");
        JsonObject copied = run("--json vblock copy " + id + " --target t --to other --stream gc --width 1 --tag 3")
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(copied.keySet()).containsExactly("from", "to", "toTarget", "bytes");
        JsonObject to = copied.getAsJsonObject("to");
        assertThat(to.get("stream").getAsString()).isEqualTo("gc");
        assertThat(run("vblock read --target other " + to.get("id").getAsString())
                        .succeeds()
                        .stdout())
                .isEqualTo(data);
        assertThat(run("vblock copy --target t " + id).succeeds().out())
                .startsWith("copied 68.4 KiB of vblock " + id + " to vblock 0x")
                .endsWith(" of target t\n");
        run("vblock copy --target t " + id + " --to nix").fails(1, "vblock copy", "there is no target \"nix\"");
        run("vblock copy --target other " + id).fails(1, "vblock copy", "there is no vblock " + id);
        run("vblock list --target nix").fails(1, "vblock list", "there is no target \"nix\"");
    }

    @Test
    void whatAWriterLeftOpenIsPadded() throws Exception {
        Path input = Files.write(directory.resolve("in.bin"), random(200_000));
        Cli.Run cut = run("-d " + image + "?cut=30 vblock write --input " + input + " --sync-every 20000");
        assertThat(cut.status()).isEqualTo(1);
        assertThat(cut.err()).contains("power was cut");
        JsonObject padded = run("--json vblock pad").succeeds().json().getAsJsonObject();
        assertThat(padded.keySet())
                .containsExactly("target", "vblocks", "closedVblocks", "paddedSectors", "erasedBlocks", "elapsedNanos");
        assertThat(padded.get("closedVblocks").getAsInt()).isEqualTo(1);
        assertThat(padded.get("paddedSectors").getAsInt()).isPositive();
        assertThat(run("--json vblock pad")
                        .succeeds()
                        .json()
                        .getAsJsonObject()
                        .get("closedVblocks")
                        .getAsInt())
                .isZero();
        JsonArray list = run("--json vblock list").json().getAsJsonArray();
        long length = list.get(0).getAsJsonObject().get("lengthBytes").getAsLong();
        assertThat(length).isPositive().isLessThan(200_000);
        byte[] found = run("vblock read "
                        + list.get(0).getAsJsonObject().get("id").getAsString())
                .succeeds()
                .stdout();
        assertThat(found).isEqualTo(Arrays.copyOf(Files.readAllBytes(input), (int) length));
    }

    @Test
    void anInterruptLeavesWhatWasWritten() throws Exception {
        Path input = Files.write(directory.resolve("in.bin"), random(200_000));
        Cli.Run run = new Cli().interrupted().run(("-d " + image + " vblock write --input " + input).split(" "));
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("stopped; what was written is durable");
        String text = new String(run("vblock list").succeeds().stdout(), StandardCharsets.UTF_8);
        assertThat(text).contains("1 vblock, 0 bytes");
    }

    @Test
    void badBlocksAreListed() {
        assertThat(run("badblock list").succeeds().out()).isEqualTo("0 bad blocks\n");
        String worn = "emu:" + directory.resolve("worn.img");
        new Cli()
                .run("device", "create", worn + "?profile=tiny&factoryBad=2&endurance=2")
                .succeeds();
        assertThat(new Cli()
                        .run("-d", worn, "badblock", "list")
                        .succeeds()
                        .silently()
                        .out())
                .contains("address", "factory", "2 bad blocks\n")
                .doesNotContain("grown");
        Path input = directory.resolve("zeros");
        wearOut(worn, input);
        JsonArray bad =
                new Cli().run("-d", worn, "--json", "badblock", "list").json().getAsJsonArray();
        assertThat(bad.size()).isEqualTo(3);
        assertThat(bad.get(0).getAsJsonObject().keySet())
                .containsExactly("address", "channel", "lun", "block", "kind", "target", "erases", "wearIndex");
        assertThat(bad.toString()).containsOnlyOnce("grown");
    }

    /** Erases one good block of a drive until it is out of use. */
    private static void wearOut(String device, Path input) {
        String free = new Cli()
                .run("-d", device, "--json", "device", "report", "--state", "free")
                .json()
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject()
                .get("address")
                .getAsString();
        for (int i = 0; i < 3; i++) {
            try {
                Files.write(input, new byte[32 * 4096]);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
            new Cli().run("-d", device, "io", "write", free, "--input", input.toString());
            new Cli().run("-d", device, "io", "erase", free, "--yes");
        }
    }

    private static byte[] random(int bytes) {
        byte[] data = new byte[bytes];
        new SplittableRandom(bytes).nextBytes(data);
        return data;
    }

    private Cli.Run run(String line) {
        return new Cli().with("OCSSD_DEVICE", image).run(line.split(" "));
    }
}
