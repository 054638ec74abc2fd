package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetVerbsTest {
    private static final String[] KEYS = {
        "name", "id", "luns", "blocks", "rawBytes", "overprovision", "openBlocks", "windowBytes", "removing"
    };

    @TempDir
    Path directory;

    private String image;

    @BeforeEach
    void create() {
        image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image, "--profile", "small").succeeds();
    }

    @Test
    void targetsAreMadeAndListed() {
        assertThat(run("target", "list").succeeds().out()).contains("no target");
        assertThat(run("target", "list", "--json").json().getAsJsonArray()).isEmpty();
        assertThat(run("target", "create", "logs", "--luns", "0-2,5")
                        .succeeds()
                        .silently()
                        .out())
                .isEqualTo("made target logs on LUNs 0-2,5, 256 MiB of flash\n");
        assertThat(run("target", "create", "rest", "--json")
                        .succeeds()
                        .silently()
                        .json()
                        .toString())
                .contains("\"luns\":[3,4,6,7]");
        assertThat(run("target", "list").succeeds().out())
                .isEqualTo("name  id  share           flash  overprovision  open  window\n"
                        + "logs   1  LUNs 0-2,5    256 MiB            0 %     -       -\n"
                        + "rest   2  LUNs 3-4,6-7  256 MiB            0 %     -       -\n");
        JsonArray targets = run("target", "list", "--json").json().getAsJsonArray();
        assertThat(targets.get(0).getAsJsonObject().keySet()).containsExactly(KEYS);
    }

    @Test
    void whatTheDriveCantGiveIsRefused() {
        run("target", "create", "a", "--luns", "0-3").succeeds();
        run("target", "create", "a", "--luns", "4").fails(1, "target create", "already");
        run("target", "create", "b", "--luns", "3-4").fails(1, "target create", "LUN 3 belongs to target \"a\"");
        run("target", "create", "b", "--luns", "7-8").fails(1, "target create", "LUN 8 is not in 0..7");
        assertThat(run("target", "list", "--json").json().getAsJsonArray()).hasSize(1);
    }

    @Test
    void theTargetIsNamedWhenThereAreSeveral() {
        run("kv", "get", "k").fails(1, "kv get", "no target");
        run("target", "create", "a", "--luns", "0-3").succeeds();
        run("kv", "put", "k", "in a").succeeds();
        run("target", "create", "b").succeeds();
        run("kv", "get", "k").fails(2, "kv get", "several targets");
        run("kv", "put", "k", "in b", "--target", "b").succeeds();
        assertThat(run("kv", "get", "k", "--target", "a").succeeds().out()).isEqualTo("in a");
        assertThat(run("kv", "get", "k", "--target", "b").succeeds().out()).isEqualTo("in b");
        run("kv", "get", "k", "--target", "c").fails(1, "kv get", "there is no target \"c\"");
    }

    @Test
    void aTargetIsMadeByNumberOrCapacityWithBudgets() {
        assertThat(run("target", "create", "a", "--lun-count", "3").succeeds().out())
                .isEqualTo("made target a on LUNs 0,2,4, 192 MiB of flash\n");
        JsonObject made = run(
                        "--json",
                        "target",
                        "create",
                        "b",
                        "--capacity",
                        "100M",
                        "--overprovision",
                        "0.125",
                        "--open-blocks",
                        "6",
                        "--window",
                        "16M")
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(made.keySet()).containsExactly(KEYS);
        assertThat(made.get("luns").toString()).isEqualTo("[1,6]");
        assertThat(made.get("blocks").isJsonNull()).isTrue();
        assertThat(made.get("overprovision").getAsDouble()).isEqualTo(0.125);
        assertThat(made.get("openBlocks").getAsInt()).isEqualTo(6);
        assertThat(made.get("windowBytes").getAsLong()).isEqualTo(16 << 20);
        run("target", "create", "c", "--lun-count", "4")
                .fails(1, "target create", "4 LUNs were asked for, and 3 are left");
        run("target", "create", "c", "--capacity", "10G").fails(1, "target create", "were asked for");
        run("target", "create", "c", "--window", "5").fails(1, "target create", "more than the 5");
        assertThat(run("target", "list").succeeds().out()).contains("12.5 %     6  16 MiB\n");
    }

    @Test
    void aTargetTellsOfItsBlocks() {
        run("target", "create", "a", "--luns", "0-1", "--overprovision", "0.1").succeeds();
        run("vblock", "allocate", "--count", "2", "--width", "1").succeeds();
        String text = run("target", "info", "a").succeeds().silently().out();
        assertThat(text)
                .contains("target         a\n", "share          LUNs 0-1, 128 MiB of flash\n", "2 closed")
                .contains("10 % of the usable blocks", "as many as it likes", "what each program gives it");
        JsonObject info = run("target", "info", "a", "--json").json().getAsJsonObject();
        assertThat(info.keySet()).containsExactly("target", "blocks");
        JsonObject blocks = info.getAsJsonObject("blocks");
        assertThat(blocks.keySet())
                .containsExactly("blocks", "usable", "usableBytes", "free", "open", "closed", "offline");
        assertThat(blocks.get("blocks").getAsInt()).isEqualTo(126);
        assertThat(blocks.get("closed").getAsInt()).isEqualTo(2);
        run("target", "info", "b").fails(1, "target info", "there is no target \"b\"");
    }

    @Test
    void aTargetIsResized() {
        run("target", "create", "a", "--luns", "0-1").succeeds();
        run("target", "create", "b", "--luns", "2").succeeds();
        assertThat(run("target", "resize", "a", "--luns", "0-1,4", "--overprovision", "0.25")
                        .succeeds()
                        .silently()
                        .out())
                .isEqualTo("target a has LUNs 0-1,4 now, 192 MiB of flash\n");
        run("target", "resize", "a", "--luns", "0-2").fails(1, "target resize", "LUN 2 belongs to target \"b\"");
        run("target", "resize", "a", "--luns", "0,9").fails(1, "target resize", "LUN 9 is not in 0..7");
        run("target", "resize", "c", "--rest").fails(1, "target resize", "there is no target \"c\"");
        run("vblock", "allocate", "--target", "a", "--width", "3").succeeds();
        run("target", "resize", "a", "--lun-count", "2")
                .fails(1, "target resize", "has vblocks on what it is to give back: 0x1");
        JsonObject grown =
                run("--json", "target", "resize", "a", "--rest").json().getAsJsonObject();
        assertThat(grown.keySet()).containsExactly(KEYS);
        assertThat(grown.get("luns").toString()).isEqualTo("[0,1,3,4,5,6,7]");
        assertThat(grown.get("overprovision").getAsDouble()).isEqualTo(0.25);
        run("target", "resize", "a", "--lun-count", "3").succeeds();
        assertThat(run("vblock", "list", "--target", "a").succeeds().out()).contains("0-1,4");
    }

    @Test
    void aTargetIsRemovedWhenTheUserWantsIt() {
        run("target", "create", "a", "--luns", "0-3").succeeds();
        run("kv", "put", "k", "v").succeeds();
        run("target", "remove", "a").fails(2, "target remove", "this would remove target a of " + image);
        assertThat(run("target", "remove", "a", "--dry-run")
                        .succeeds()
                        .silently()
                        .out())
                .startsWith("would remove target a, which had LUNs 0-3, 256 MiB of flash, ");
        assertThat(run("kv", "get", "k").succeeds().out()).isEqualTo("v");
        run("target", "remove", "b", "--yes").fails(1, "target remove", "there is no target \"b\"");
        Cli.Run asked = new Cli()
                .with("OCSSD_DEVICE", image)
                .onTerminal()
                .input("n\n".getBytes(StandardCharsets.UTF_8))
                .run("target", "remove", "a");
        assertThat(asked.status()).isEqualTo(1);
        assertThat(asked.err()).contains("This will remove target a of ", "nothing was done");
        JsonObject removed =
                run("--json", "target", "remove", "a", "--yes").json().getAsJsonObject();
        assertThat(removed.keySet()).containsExactly("target", "blocks", "dryRun");
        assertThat(run("target", "list").succeeds().out()).contains("no target");
        run("target", "remove", "a", "--yes").fails(1, "target remove", "there is no target \"a\"");
        run("target", "create", "b").succeeds();
        assertThat(run("vblock", "list").succeeds().out()).contains("no vblock");
    }

    @Test
    void aDriveOfOneLunIsSharedOutInBlocks() {
        String zones = "emu:" + directory.resolve("zones.img");
        new Cli()
                .run("device", "create", zones + "?profile=zns-small&maxOpen=10&maxActive=12")
                .succeeds();
        Cli cli = new Cli().with("OCSSD_DEVICE", zones);
        assertThat(cli.run("target", "create", "a", "--capacity", "18M")
                        .succeeds()
                        .out())
                .isEqualTo("made target a on blocks 2-9, 24 MiB of flash\n");
        JsonObject b = cli.run("--json", "target", "create", "b").json().getAsJsonObject();
        JsonObject rest = b.getAsJsonArray("blocks").get(0).getAsJsonObject();
        assertThat(rest.keySet()).containsExactly("first", "count");
        assertThat(rest.get("first").getAsInt()).isEqualTo(10);
        assertThat(rest.get("count").getAsInt()).isEqualTo(6);
        assertThat(b.get("openBlocks").getAsInt()).isEqualTo(5);
        cli.run("target", "create", "c").fails(1, "target create", "every block belongs to a target: a, b");
        cli.run("target", "create", "c", "--luns", "0").fails(1, "target create", "blocks of LUN 0 belong");
        assertThat(cli.run("target", "info", "a").succeeds().out()).contains("blocks 2-9, ", "at most 6");
    }

    private Cli.Run run(String... arguments) {
        return new Cli().with("OCSSD_DEVICE", image).run(arguments);
    }
}
