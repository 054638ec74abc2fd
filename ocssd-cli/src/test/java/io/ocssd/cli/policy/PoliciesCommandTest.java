package io.ocssd.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.ocssd.cli.Cli;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PoliciesCommandTest {
    @Test
    void everyPolicyHasALineAndItsOptions() {
        String out = new Cli().run("policies").succeeds().silently().out();
        assertThat(out)
                .startsWith("kind       name")
                .contains("placement  wear-aware", "(standard)\n", "placement  active-luns", "             luns=4")
                .contains("LUNs that are written at a time, 1 to 65536\n");
        assertThat(out.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(120);
    }

    @Test
    void jsonHasThemAll() {
        JsonArray policies = new Cli().run("policies", "--json").json().getAsJsonArray();
        List<String> names = new ArrayList<>();
        for (JsonElement each : policies) {
            assertThat(each.getAsJsonObject().keySet())
                    .containsExactly("kind", "name", "standard", "summary", "options");
            names.add(each.getAsJsonObject().get("kind").getAsString() + " "
                    + each.getAsJsonObject().get("name").getAsString());
        }
        assertThat(names)
                .containsExactly(
                        "placement active-luns",
                        "placement all-luns",
                        "placement by-stream",
                        "placement least-loaded",
                        "placement one-channel",
                        "placement wear-aware",
                        "victims cost-age",
                        "victims cost-benefit",
                        "victims cost-idle",
                        "victims d-choices",
                        "victims fifo",
                        "victims greedy",
                        "victims random",
                        "victims windowed",
                        "pacing ladder",
                        "pacing on-demand",
                        "wear levelled",
                        "wear none");
    }

    @Test
    void storesTakeAPlacement(@TempDir Path folder) {
        String image = "emu:" + folder.resolve("drive.img");
        new Cli().run("device", "create", image, "--profile", "small").succeeds();
        new Cli().run("-d", image, "target", "create", "kv").succeeds();
        new Cli()
                .run("-d", image, "kv", "put", "k", "v", "--placement", "by-stream:log=2")
                .succeeds();
        assertThat(new Cli().run("-d", image, "kv", "get", "k").succeeds().out())
                .startsWith("v");
        new Cli()
                .run("-d", image, "kv", "put", "k", "v", "--placement", "best")
                .fails(2, "kv put", "there is no \"best\"");
        new Cli()
                .run("-d", image, "kv", "put", "k", "v", "--placement", "by-stream:log=x")
                .fails(2, "kv put", "log=\"x\" is no whole number");
    }
}
