package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    static Stream<String> everyLevel() {
        return Stream.of(
                "address",
                "address convert",
                "bench",
                "bench device",
                "bench replay",
                "demo",
                "device",
                "device create",
                "device info",
                "device profiles",
                "device report",
                "device watch",
                "device wear",
                "target",
                "target create",
                "target list",
                "target info",
                "target resize",
                "target remove",
                "vblock",
                "vblock allocate",
                "vblock list",
                "vblock info",
                "vblock write",
                "vblock read",
                "vblock pad",
                "vblock erase",
                "vblock copy",
                "badblock",
                "badblock list",
                "badblock mark",
                "io",
                "io read",
                "io write",
                "io erase",
                "io copy",
                "ftl",
                "ftl format",
                "ftl info",
                "ftl read",
                "ftl write",
                "ftl trim",
                "ftl gc",
                "ftl check",
                "kv",
                "kv put",
                "kv get",
                "kv delete",
                "kv scan",
                "kv load",
                "kv stats",
                "kv check",
                "policies",
                "completion",
                "completion bash");
    }

    @ParameterizedTest
    @MethodSource("everyLevel")
    void everyLevelHasHelpWithExamplesAndTheGlobalOptions(String command) {
        String help = new Cli()
                .run((command + " --help").split(" "))
                .succeeds()
                .silently()
                .out();
        assertThat(help)
                .containsPattern("(?m)^Usage: ocssd " + command + "\\b")
                .contains("Examples:\n  ", "ocssd ", "--json", "--device=URI", "--quiet", "--verbose", "--no-color");
        assertThat(help.lines().mapToInt(String::length).max().orElse(0)).isLessThanOrEqualTo(120);
    }

    @Test
    void theDemoDoesNotPromiseToShowEveryCommand() {
        String help = new Cli().run("demo", "--help").succeeds().out();
        assertThat(help).contains("-v", "--verbose").doesNotContain("every command of the device");
        assertThat(new Cli().run("kv", "put", "--help").out()).contains("every command of the device, on stderr");
    }

    @Test
    void theTopListsAllNouns() {
        String help = new Cli().run("--help").succeeds().silently().out();
        assertThat(help)
                .contains(
                        "address ",
                        "bench ",
                        "demo ",
                        "device ",
                        "io ",
                        "target ",
                        "vblock ",
                        "badblock ",
                        "ftl ",
                        "kv ",
                        "completion ");
    }

    @Test
    void withoutArgumentsTheHelpIsOnStderrAndTheStatusIsWrongUsage() {
        Cli.Run run = new Cli().run();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.stdout()).isEmpty();
        assertThat(run.err()).startsWith("Usage: ocssd ");
    }

    @Test
    void versionIsPrinted() {
        assertThat(new Cli().run("--version").succeeds().out()).startsWith("ocssd 0.1.0");
    }

    @Test
    void completionForBashIsAScriptThatKnowsTheVerbs() {
        String script =
                new Cli().run("completion", "bash").succeeds().silently().out();
        assertThat(script).startsWith("#!").contains("complete", "_ocssd", "acknowledge");
        assertThat(new Cli()
                        .run("completion", "bash", "--json")
                        .json()
                        .getAsJsonObject()
                        .get("script")
                        .getAsString())
                .isEqualTo(script);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--no-color"})
    void coloursAreForTerminalsOnly(String option) {
        String escape = "\u001b[";
        assertThat(new Cli().run("--help").out()).doesNotContain(escape);
        assertThat(new Cli().onTerminal().with("NO_COLOR", "1").run("--help").out())
                .doesNotContain(escape);
        String[] arguments = option.isEmpty() ? new String[] {"--help"} : new String[] {option, "--help"};
        String help = new Cli().onTerminal().run(arguments).out();
        assertThat(help.contains(escape)).isEqualTo(option.isEmpty());
    }
}
