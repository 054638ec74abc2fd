package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kv load --sync --acknowledge -} in a process of its own that is killed in the middle: every key that it
 * acknowledged is there afterwards. One image for all rounds, so that later loads go on after several deaths.
 */
class KillTest {
    private static final int ROUNDS = Boolean.getBoolean("ocssd.campaign") ? 20 : 3;
    private static final int FILES = 600;
    private static final int MOST_FILE_BYTES = 6_000;

    @TempDir
    Path directory;

    @Test
    void acknowledgedKeysSurviveKillNine() throws Exception {
        long seed = 20;
        SplittableRandom random = new SplittableRandom(seed);
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image).succeeds();
        new Cli().run("-d", image, "target", "create", "kv").succeeds();
        Path files = files(random);
        int killed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String prefix = "round" + round + "/";
            int atLeast = random.nextInt(FILES * 2 / 3);
            Process process = start(image, files, prefix);
            List<String> acknowledged = killAfter(process, atLeast);
            killed += acknowledged.size() < FILES ? 1 : 0;
            String what = "round " + round + ", " + acknowledged.size() + " acknowledged, seed " + seed;
            assertThat(acknowledged.size()).as(what).isGreaterThanOrEqualTo(atLeast);
            for (String key : acknowledged) {
                byte[] expected = Files.readAllBytes(files.resolve(key.substring(prefix.length())));
                byte[] found = new Cli().run("-d", image, "kv", "get", key).stdout();
                assertThat(Arrays.equals(found, expected))
                        .as("%s: %s has its value", what, key)
                        .isTrue();
            }
            new Cli().run("-d", image, "kv", "check").succeeds();
        }
        assertThat(killed)
                .as("loads that were killed before their end, seed %d", seed)
                .isPositive();
    }

    private Path files(SplittableRandom random) throws Exception {
        Path files = Files.createDirectory(directory.resolve("files"));
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[random.nextInt(MOST_FILE_BYTES)];
            random.nextBytes(content);
            Files.write(files.resolve(String.format("f%04d", i)), content);
        }
        return files;
    }

    private static Process start(String image, Path files, String prefix) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        "io.ocssd.cli.Main",
                        "-d",
                        image,
                        "kv",
                        "load",
                        files.toString(),
                        "--sync",
                        "--acknowledge",
                        "-",
                        "--prefix",
                        prefix)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Reads along until so many keys were acknowledged, kills, and reads what had been written until then. */
    private static List<String> killAfter(Process process, int atLeast) throws Exception {
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = "";
            while (acknowledged.size() < atLeast && (line = lines.readLine()) != null) {
                acknowledged.add(line);
            }
            // By its handle: that of the process object would close the stream as well.
            process.toHandle().destroyForcibly();
            while (line != null && (line = lines.readLine()) != null) {
                acknowledged.add(line);
            }
        }
        process.waitFor();
        return acknowledged;
    }
}
