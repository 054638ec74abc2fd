package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drive whose blocks are zones, used as any other. */
class ZonedDriveTest {
    @TempDir
    Path directory;

    @Test
    void aStoreOnZones() throws Exception {
        String image = "emu:" + directory.resolve("zones.img");
        run(image, "device", "create", image, "--profile", "zns-small").succeeds();
        assertThat(run(image, "target", "create", "kv").succeeds().out()).contains("blocks 2-15");
        Path files = Files.createDirectory(directory.resolve("files"));
        for (int i = 0; i < 200; i++) {
            Files.writeString(files.resolve("file" + i), "content of " + i + " ".repeat(5000));
        }
        assertThat(run(image, "kv", "load", files.toString(), "--sync")
                        .succeeds()
                        .out())
                .contains("loaded 200 entries");
        assertThat(run(image, "kv", "get", "file77").succeeds().out()).startsWith("content of 77");
        run(image, "kv", "delete", "file77").succeeds();
        run(image, "kv", "check").succeeds();
        assertThat(run(image, "device", "info").succeeds().out()).contains("zns-small");
        assertThat(run(image, "device", "report", "--json").succeeds().out()).contains("closed");
    }

    private static Cli.Run run(String image, String... arguments) {
        return new Cli().with("OCSSD_DEVICE", image).run(arguments);
    }
}
