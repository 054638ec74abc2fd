package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a command. What it proves is tested on small drives, in the module of the demo itself. */
class DemoCommandTest {
    private static final String[] SMALL = {"demo", "--entries", "4000", "--seed", "3", "--keep"};

    @TempDir
    Path directory;

    @Test
    void inVirtualTimeTheDocumentHasNothingOfTheHost() {
        Cli.Run run = run("--clock", "virtual", "--json").succeeds();
        JsonObject document = run.json().getAsJsonObject();
        assertThat(document.get("verified").getAsBoolean()).isTrue();
        assertThat(document.get("lost").getAsInt()).isZero();
        assertThat(document.get("resurrected").getAsInt()).isZero();
        assertThat(document.get("writeAmplification").getAsDouble()).isEqualTo(1);
        assertThat(document.get("everyDataBlockErased").getAsBoolean()).isTrue();
        assertThat(document.get("entries").getAsInt()).isEqualTo(4000);
        assertThat(document.getAsJsonObject("programmedBytes").entrySet().stream()
                        .mapToLong(each -> each.getValue().getAsLong())
                        .sum())
                .isEqualTo(document.get("programmedSectors").getAsLong()
                        * document.get("sectorBytes").getAsLong());
        assertThat(document.getAsJsonObject("hostCostNanos").get("command").getAsLong())
                .isPositive();
        assertThat(run.out()).doesNotContain(directory.toString(), System.getProperty("user.name") + "\"");
        assertThat(run.err().lines()).hasSize(6).allMatch(line -> line.matches("[1-6]/6 [a-z ]+"));
    }

    @Test
    void theReportTellsWhereTheImageIsAndWhatToTryNext() throws Exception {
        String text = run().succeeds().out();
        assertThat(text)
                .contains("verified: 0 lost, 0 resurrected, 0 damaged", "bytes programmed, by class", "  payload ")
                .contains("below store  1.000", "  ch 3 lun 1   ", "L label", "the image is at " + directory)
                .doesNotContain("\u001b");
        String[] commands = text.lines()
                .filter(line -> line.startsWith("  ocssd -d "))
                .map(line -> line.substring("  ocssd ".length()))
                .toArray(String[]::new);
        assertThat(commands).hasSize(3);
        for (String command : commands) {
            new Cli().run(command.split(" ")).succeeds().silently();
        }

        // An image of a demo is replaced by the next one, a file that is none is not.
        Path image = directory.resolve("demo.img");
        Files.delete(image);
        Files.writeString(image, "precious");
        assertThat(new Cli()
                        .interrupted()
                        .run("demo", "--keep", directory.toString())
                        .status())
                .isEqualTo(1);
        assertThat(image).hasContent("precious");
        assertThat(directory.resolve("demo-2.img")).exists();
        new Cli()
                .interrupted()
                .run("-q", "demo", "--keep", directory.toString())
                .fails(1, "demo", "stopped while loading");
        assertThat(directory.resolve("demo-3.img")).doesNotExist();
    }

    private Cli.Run run(String... more) {
        String[] line = new String[SMALL.length + 1 + more.length];
        System.arraycopy(SMALL, 0, line, 0, SMALL.length);
        line[SMALL.length] = directory.toString();
        System.arraycopy(more, 0, line, SMALL.length + 1, more.length);
        return new Cli().run(line);
    }
}
