package io.ocssd.geometry.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drives of 8 TiB, in an image and in memory, in a heap of 256 MiB. */
final class LargeDriveTest {
    @TempDir
    Path directory;

    @Test
    void eightTebibytesInASmallHeap() throws Exception {
        Path file = directory.resolve("large.img");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeDriveProcess.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        System.out.print(said);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("emu made in", "mem made in");
        assertThat(Files.size(file)).isGreaterThan(8L << 40);
    }
}
