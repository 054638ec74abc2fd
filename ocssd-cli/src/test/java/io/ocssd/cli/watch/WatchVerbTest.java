package io.ocssd.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code device watch}, on a process of its own that writes. */
class WatchVerbTest {
    @TempDir
    Path directory;

    private Process process;
    private BufferedReader said;

    @AfterEach
    void end() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void ratesOfTheOwnerOfADriveAsJsonAndAsLines() throws Exception {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image).succeeds();
        start(image);

        JsonArray intervals = new Cli()
                .run("-d", image, "device", "watch", "--count", "2", "--json")
                .succeeds()
                .json()
                .getAsJsonArray();
        assertThat(intervals).hasSize(2);
        for (int i = 0; i < 2; i++) {
            JsonObject interval = intervals.get(i).getAsJsonObject();
            assertThat(interval.get("process").getAsLong()).isEqualTo(process.pid());
            JsonObject device = interval.getAsJsonArray("devices").get(0).getAsJsonObject();
            JsonObject target = interval.getAsJsonArray("targets").get(0).getAsJsonObject();
            assertThat(device.get("device").getAsString()).isEqualTo(image);
            assertThat(target.get("target").getAsString()).isEqualTo("busy");
            assertThat(device.get("serial")).isEqualTo(target.get("serial"));
            assertThat(device.get("intervalNanos").getAsLong()).isGreaterThan(500_000_000);
            assertThat(device.get("payloadBytesPerSecond").getAsDouble()).isPositive();
            assertThat(target.get("payloadBytesPerSecond").getAsDouble()).isPositive();
            assertThat(target.get("deviceWriteAmplification").getAsDouble()).isGreaterThan(1.0);
        }

        String lines = new Cli()
                .run("device", "watch", Long.toString(process.pid()), "--count", "1")
                .succeeds()
                .silently()
                .out();
        assertThat(lines.lines().toList())
                .hasSize(2)
                .allSatisfy(line -> assertThat(line).contains(" erases/s", " MB/s"))
                .anySatisfy(line -> assertThat(line).startsWith("target busy: "));

        String screen = new Cli()
                .onTerminal()
                .run("device", "watch", Long.toString(process.pid()), "--count", "1")
                .succeeds()
                .out();
        assertThat(screen)
                .startsWith("\u001b[H\u001b[2JProcess " + process.pid())
                .contains("target busy", "stalls/s");
    }

    @Test
    void aDriveThatIsClosedEndsItAndThenThereIsNone() throws Exception {
        start("mem:");
        process.outputWriter().write("close\n");
        process.outputWriter().flush();
        assertThat(said.readLine()).isEqualTo("closed");
        new Cli()
                .run("device", "watch", Long.toString(process.pid()))
                .fails(1, "device watch", "process " + process.pid() + " has no drive open");
    }

    @Test
    void whatCannotBeWatchedIsSaid() throws Exception {
        String image = "emu:" + directory.resolve("idle.img");
        new Cli().run("device", "create", image).succeeds();
        new Cli().run("device", "watch", "999999999").fails(1, "device watch", "there is no process 999999999");
        new Cli().run("-d", image, "device", "watch").fails(1, "device watch", "no process has " + image + " open");
        new Cli().run("device", "watch").fails(2, "device watch", "no process and no device");
        new Cli().run("-d", "mem:", "device", "watch").fails(2, "device watch", "in memory");
        new Cli().run("device", "watch", "1", "--interval", "10ms").fails(2, "device watch", "1s to 1h");
        new Cli().run("device", "watch", "1", "--count", "0").fails(2, "device watch", "less than 1");

        Process other = new ProcessBuilder("sleep", "600").start();
        try {
            new Cli()
                    .run("device", "watch", Long.toString(other.pid()))
                    .fails(1, "device watch", "is no Java process of this user");
            assertThat(other.isAlive()).as("it goes on").isTrue();
        } finally {
            other.destroyForcibly().waitFor();
        }
    }

    /** Starts a process; returns when it has the drive open. */
    private void start(String uri) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        process = new ProcessBuilder(
                        java,
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        classPath,
                        BusyProcess.class.getName(),
                        uri)
                .redirectError(Files.createFile(directory.resolve("stderr")).toFile())
                .start();
        said = process.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo("open");
    }
}
