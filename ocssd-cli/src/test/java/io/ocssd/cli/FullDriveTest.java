package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A full drive says so, stays readable, and is freed by deletes. */
class FullDriveTest {
    private static final int FILES = 250;
    private static final int FILE_BYTES = 50_000;

    @TempDir
    Path directory;

    @Test
    void aFullDriveCanBeReadAndFreed() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        cli(image).run("device", "create", image, "--profile", "tiny").succeeds();
        cli(image).run("target", "create", "kv").succeeds();
        Path files = Files.createDirectory(directory.resolve("files"));
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[FILE_BYTES];
            random.nextBytes(content);
            Files.write(files.resolve(String.format("f%03d", i)), content);
        }

        Path acknowledged = directory.resolve("acknowledged");
        cli(image)
                .run("kv", "load", files.toString(), "--sync", "--acknowledge", acknowledged.toString())
                .fails(1, "kv load", "no space");
        List<String> keys = Files.readAllLines(acknowledged);
        assertThat(keys.size()).as("entries that fitted").isBetween(20, FILES - 1);

        cli(image).run("kv", "check").succeeds();
        for (String key : keys) {
            byte[] found = cli(image).run("kv", "get", key).succeeds().stdout();
            assertThat(Arrays.equals(found, Files.readAllBytes(files.resolve(key))))
                    .as("%s has its value", key)
                    .isTrue();
        }

        for (String key : keys.subList(0, keys.size() * 2 / 3)) {
            cli(image).run("kv", "delete", key).succeeds();
        }
        for (int i = 0; i < keys.size() / 3; i++) {
            cli(image)
                    .run(
                            "kv",
                            "put",
                            "new" + i,
                            "--input",
                            files.resolve("f000").toString())
                    .succeeds();
        }
        cli(image).run("kv", "check").succeeds();
    }

    private static Cli cli(String image) {
        return new Cli().with("OCSSD_DEVICE", image);
    }
}
