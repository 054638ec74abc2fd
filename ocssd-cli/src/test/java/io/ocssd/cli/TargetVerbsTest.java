package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetVerbsTest {
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
                .isEqualTo("name  id  luns       flash\nlogs   1  0-2,5    256 MiB\nrest   2  3-4,6-7  256 MiB\n");
        JsonArray targets = run("target", "list", "--json").json().getAsJsonArray();
        assertThat(targets.get(0).getAsJsonObject().keySet()).containsExactly("name", "id", "luns", "rawBytes");
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

    private Cli.Run run(String... arguments) {
        return new Cli().with("OCSSD_DEVICE", image).run(arguments);
    }
}
