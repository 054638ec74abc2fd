package io.ocssd.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.lsm.workload.DemoOptions;
import io.ocssd.lsm.workload.JdkImage;
import io.ocssd.lsm.workload.SampledSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the demo prints, on a smaller drive than a user's. What it proves is tested in the module of the demo itself. */
class DemoCommandTest {
    @TempDir
    Path directory;

    @Test
    void inVirtualTimeTheDocumentHasNothingOfTheHost() {
        Cli.Run run = demo(true, "--json").succeeds();
        JsonObject document = run.json().getAsJsonObject();
        assertThat(document.get("verified").getAsBoolean()).isTrue();
        assertThat(document.get("lost").getAsInt()).isZero();
        assertThat(document.get("resurrected").getAsInt()).isZero();
        assertThat(document.get("writeAmplification").getAsDouble()).isEqualTo(1);
        assertThat(document.get("everyDataBlockErased").getAsBoolean()).isTrue();
        assertThat(document.getAsJsonObject("programmedBytes").entrySet().stream()
                        .mapToLong(each -> each.getValue().getAsLong())
                        .sum())
                .isEqualTo(document.get("programmedSectors").getAsLong()
                        * document.get("sectorBytes").getAsLong());
        assertThat(document.getAsJsonObject("hostCostNanos").get("command").getAsLong())
                .isPositive();
        assertThat(run.out()).doesNotContain(directory.toString());
        assertThat(run.err().lines()).hasSize(6).allMatch(line -> line.matches("[1-6]/6 [a-z ]+"));
    }

    @Test
    void theReportTellsWhereTheImageIsAndWhatToTryNext() {
        String text = demo(false).succeeds().out();
        assertThat(text)
                .contains("verified: 0 lost, 0 resurrected, 0 damaged", "bytes programmed, by class", "  payload ")
                .contains("below store  1.000", "  ch 3 lun 1  ", "L label", "the image is at " + directory)
                .doesNotContain("\u001b");
        String[] commands = text.lines()
                .filter(line -> line.startsWith("  ocssd -d "))
                .map(line -> line.substring("  ocssd ".length()))
                .toArray(String[]::new);
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            new Cli().run(command.split(" ")).succeeds().silently();
        }
    }

    @Test
    void theImageMaySurviveTheHost() {
        assertThat(demoOn(new Cli(), false, "&persist=host").succeeds().out()).contains("verified: 0 lost");
        Cli.Run host = new Cli().run("-d", "emu:" + directory.resolve("small.img") + "?persist=host", "device", "info");
        assertThat(host.succeeds().out()).contains("persistence", "of the host (persist=host)");
        new Cli()
                .interrupted()
                .run("-q", "demo", "--persist", "host", "--keep", directory.toString())
                .fails(1, "demo", "stopped while loading");
    }

    @Test
    void coloursAndBarsAreForTerminals() {
        Cli.Run run = demo(new Cli().onTerminal(), false);
        assertThat(run.succeeds().out()).contains("\u001b[");
        assertThat(run.err()).contains("4/6 rewriting");
    }

    @Test
    void onlyImagesOfDemosAreReplaced() throws Exception {
        Path image = directory.resolve("demo.img");
        Files.writeString(image, "precious");
        for (int i = 0; i < 2; i++) {
            new Cli()
                    .interrupted()
                    .run("-q", "demo", "--keep", directory.toString())
                    .fails(1, "demo", "stopped while loading");
        }
        assertThat(image).hasContent("precious");
        assertThat(directory.resolve("demo-2.img")).exists();
        assertThat(directory.resolve("demo-3.img")).doesNotExist();
    }

    private Cli.Run demo(boolean virtualClock, String... options) {
        return demo(new Cli(), virtualClock, options);
    }

    private Cli.Run demo(Cli cli, boolean virtualClock, String... options) {
        return demoOn(cli, virtualClock, "", options);
    }

    private Cli.Run demoOn(Cli cli, boolean virtualClock, String more, String... options) {
        return cli.run("demo", host -> {
            Session session = new Session(host);
            new CommandLine(session.options()).parseArgs(options);
            try {
                DeviceUri drive = DeviceUri.parse("emu:" + directory.resolve("small.img")
                        + "?profile=small&blocks=40&sectors=32&factoryBad=3" + more);
                return new DemoCommand(session)
                        .run(new DemoOptions(drive, SampledSource.of(JdkImage.open(), 300, 1), 1, virtualClock, 16, 3));
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }
}
