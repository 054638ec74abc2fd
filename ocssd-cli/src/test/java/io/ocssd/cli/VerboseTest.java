package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With -v every command of the device is shown, on stderr, beside the result. */
final class VerboseTest {
    private static final String COMMAND = "ocssd: command: ";

    @TempDir
    Path directory;

    private static List<String> commands(Cli.Run run) {
        return run.err().lines().filter(line -> line.startsWith(COMMAND)).toList();
    }

    @Test
    void ioShowsWhatItSends() {
        Cli.Run run = new Cli()
                .run("-v", "--json", "-d", "mem:?profile=tiny&factoryBad=0", "io", "read", "0", "--count", "3");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.json().isJsonObject()).as("stdout is the document alone").isTrue();
        assertThat(commands(run)).hasSize(1);
        assertThat(commands(run).get(0))
                .matches(COMMAND + "[0-9.]+ us  q0 read   ch=0,lun=0,blk=0,sec=0 \\+3"
                        + "  deallocated or unwritten block 0x7  [0-9.]+ us");
    }

    @Test
    void soDoesWhatWorksOnTheStore() {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image, "--profile", "tiny").succeeds();
        Cli.Run created =
                new Cli().run("-v", "-d", image, "target", "create", "kv").succeeds();
        assertThat(commands(created)).isNotEmpty().anyMatch(line -> line.contains(" write "));
        assertThat(commands(new Cli().run("-v", "-d", image, "target", "list").succeeds()))
                .isNotEmpty()
                .allMatch(line -> line.contains(" read "));
        new Cli().run("-d", image, "target", "list").succeeds().silently();
    }

    @Test
    void anErrorComesWithItsStackTrace() {
        Cli.Run run = new Cli().run("-v", "-d", "emu:" + directory.resolve("none.img"), "device", "info");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).contains("\tat io.ocssd.");
        assertThat(new Cli()
                        .run("-d", "emu:" + directory.resolve("none.img"), "device", "info")
                        .err())
                .doesNotContain("\tat ");
    }
}
