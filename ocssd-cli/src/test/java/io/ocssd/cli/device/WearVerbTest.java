package io.ocssd.cli.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.Geometry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class WearVerbTest {
    @TempDir
    Path directory;

    @Test
    void theDocumentHasEveryBlock() {
        String image = image();
        JsonObject wear = new Cli()
                .run("-d", image, "device", "wear", "--json")
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(wear.keySet())
                .containsExactly(
                        "blocks",
                        "blocksByState",
                        "totalErases",
                        "minErases",
                        "maxErases",
                        "meanErases",
                        "eraseCountCov",
                        "maxWearIndex",
                        "luns");
        JsonArray luns = wear.getAsJsonArray("luns");
        assertThat(luns).hasSize(4);
        long erases = 0;
        int offline = 0;
        for (int i = 0; i < 4; i++) {
            JsonObject lun = luns.get(i).getAsJsonObject();
            assertThat(lun.keySet())
                    .containsExactly("channel", "lun", "erases", "wearIndexes", "offlineBlocks", "openBlocks");
            assertThat(lun.getAsJsonArray("erases")).hasSize(16);
            for (var each : lun.getAsJsonArray("erases")) {
                erases += each.getAsLong();
            }
            offline += lun.getAsJsonArray("offlineBlocks").size();
        }
        assertThat(wear.get("totalErases").getAsLong()).isEqualTo(erases).isPositive();
        assertThat(wear.getAsJsonObject("blocksByState").get("offline").getAsInt())
                .isEqualTo(offline)
                .isEqualTo(2);
        assertThat(wear.get("meanErases").getAsDouble()).isCloseTo(erases / 62.0, within(1e-9));
    }

    @Test
    void blocksThatWoreOutCountAndThoseBadFromTheStartDoNot() {
        String image = "emu:" + directory.resolve("worn.img");
        new Cli()
                .run("device", "create", image + "?profile=tiny&factoryBad=2", "--endurance", "3")
                .succeeds();
        new Cli().run(("-d " + image + " bench device --pattern seqwrite --clock virtual --duration 100s").split(" "));
        JsonObject wear = new Cli()
                .run("-d", image, "device", "wear", "--json")
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(wear.getAsJsonObject("blocksByState").get("offline").getAsInt())
                .isGreaterThan(2);
        long sum = 0;
        long most = 0;
        for (JsonElement lun : wear.getAsJsonArray("luns")) {
            for (JsonElement each : lun.getAsJsonObject().getAsJsonArray("erases")) {
                sum += each.getAsLong();
                most = Math.max(most, each.getAsLong());
            }
        }
        assertThat(wear.get("totalErases").getAsLong()).isEqualTo(sum);
        assertThat(wear.get("maxErases").getAsLong()).isEqualTo(most);
        assertThat(wear.get("meanErases").getAsDouble()).isCloseTo(sum / 62.0, within(1e-9));
    }

    @Test
    void aFolderIsNoPlaceForAPicture() {
        Cli.Run run = new Cli().run("-d", image(), "device", "wear", "--svg", directory.toString());
        run.fails(1, "device wear", directory + " is a folder");
        assertThat(run.err()).contains("hint: name a file, for example in that folder");
    }

    @Test
    void theTextHasTwoMapsAndTotals() {
        String text = new Cli()
                .run("-d", image(), "device", "wear")
                .succeeds()
                .silently()
                .out();
        assertThat(text)
                .startsWith("erases\n  ch 0 lun 0  ")
                .contains("1-9 erases", "\nstates\n  ch 0 lun 0  ", "64 blocks, 2 bad; ");
        assertThat(text.lines().filter(line -> line.startsWith("  ch "))).hasSize(8);
        assertThat(text.chars().filter(each -> each == 'X').count())
                .as("two bad blocks in two maps and two legends")
                .isEqualTo(6);
    }

    @Test
    void thePictureIsWellFormedAndGoesWhereItShould() throws Exception {
        String image = image();
        Path file = directory.resolve("wear.svg");
        assertThat(new Cli()
                        .run("-d", image, "device", "wear", "--svg", file.toString())
                        .succeeds()
                        .silently()
                        .out())
                .isEqualTo("drew " + file + "\n");
        String svg = Files.readString(file);
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        NodeList texts = document.getElementsByTagName("text");
        assertThat(texts.item(0).getTextContent()).startsWith("Wear of ocssd emulated drive (tiny), serial EMU");
        assertThat(texts.item(5).getTextContent()).isEqualTo("ch 1 lun 1");
        assertThat(new Cli().run("-d", image, "device", "wear", "--svg", "-").out())
                .isEqualTo(svg);
        new Cli()
                .run(
                        "-d",
                        image,
                        "device",
                        "wear",
                        "--svg",
                        directory.resolve("drive.img").toString())
                .fails(2, "device wear", "is the image of the drive itself");
    }

    @Test
    void manyBlocksShareACharacterAndTheWorstIsShown() {
        BlockReport report = new BlockReport(new Geometry(1, 1, 1000, 8, 4096, 0));
        report.set(0, BlockState.CLOSED, 8, 400);
        report.set(999, BlockState.FREE, 0, 39);
        report.set(500, BlockState.OFFLINE, 0, 0);
        report.set(20, BlockState.CLOSED, 8, 200);
        report.set(21, BlockState.OPEN, 4, 0);
        String[] lines = print(report, 115);
        assertThat(lines[1]).hasSize(14 + 100).startsWith("  ch 0 lun 0  9.5.").endsWith(".0");
        assertThat(lines[1].charAt(14 + 50)).isEqualTo('X');
        assertThat(lines[2]).contains("0-9 tenths of 400 erases", "the most of 10 blocks");
        assertThat(lines[5]).startsWith("  ch 0 lun 0  #.o.").endsWith("..");
        assertThat(lines[5].charAt(14 + 50)).isEqualTo('X');
    }

    @Test
    void aDeviceThatDoesNotTellErasesIsShownByItsWearIndex() {
        Geometry geometry = new Geometry(1, 1, 4, 8, 4096, 0);
        BlockReport report = new BlockReport(geometry);
        for (int block = 0; block < 4; block++) {
            report.set(block, BlockState.FREE, 0, BlockReport.UNKNOWN_ERASES);
        }
        report.describe(1, report.type(1), 8, 128);
        report.describe(2, report.type(2), 8, 255);
        String[] lines = print(report, 80);
        assertThat(lines[0]).isEqualTo("wear index");
        assertThat(lines[1]).isEqualTo("  ch 0 lun 0  .59.");
        assertThat(String.join("\n", lines)).contains("the device does not tell erases");
        assertThat(WearView.of(report).totalErases()).isNull();
        assertThat(WearView.of(report).maxWearIndex()).isEqualTo(255);
        assertThat(new WearSvg("a < b & c", report).draw()).contains("a &lt; b &amp; c", "does not tell erases");
    }

    private static String[] print(BlockReport report, int columns) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new WearText(new PrintStream(bytes, true, StandardCharsets.UTF_8), false, columns, report).print();
        return bytes.toString(StandardCharsets.UTF_8).split("\n");
    }

    /** A drive some blocks of which were erased. */
    private String image() {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("device", "create", image, "--profile", "tiny").succeeds();
        new Cli()
                .run(("-d " + image + " bench device --pattern seqwrite --count 700 --luns 0-2").split(" "))
                .succeeds();
        return image;
    }
}
