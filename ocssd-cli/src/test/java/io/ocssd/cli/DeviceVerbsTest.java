package io.ocssd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceVerbsTest {
    @TempDir
    Path directory;

    private Path file;
    private String image;

    @BeforeEach
    void name() {
        file = directory.resolve("drive.img");
        image = "emu:" + file;
    }

    @Test
    void createMakesASparseDriveAndPrintsItsShape() throws Exception {
        String text = new Cli()
                .run("device", "create", image, "--profile", "tiny", "--blocks", "20")
                .succeeds()
                .silently()
                .out();
        assertThat(text)
                .contains("made " + image, "2 channels x 2 LUNs x 20 blocks x 32 sectors x 4096+16 bytes", "10 MiB");
        assertThat(Files.size(file)).isGreaterThan(10 << 20);
    }

    @Test
    void optionsBecomeTheShape() {
        JsonObject made = new Cli()
                .run(("device create " + image + " --json --channels 3 --luns 2 --blocks 10 --pages 8 "
                                + "--sectors-per-page 4 --sector-bytes 8K --oob-bytes 32 --factory-bad 1 --seed 9")
                        .split(" "))
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        JsonObject shape = made.getAsJsonObject("geometry");
        assertThat(shape.get("channels").getAsInt()).isEqualTo(3);
        assertThat(shape.get("lunsPerChannel").getAsInt()).isEqualTo(2);
        assertThat(shape.get("blocksPerLun").getAsInt()).isEqualTo(10);
        assertThat(shape.get("sectorsPerBlock").getAsInt()).isEqualTo(32);
        assertThat(shape.get("sectorBytes").getAsInt()).isEqualTo(8192);
        assertThat(shape.get("oobBytes").getAsInt()).isEqualTo(32);
        assertThat(made.get("capacityBytes").getAsLong()).isEqualTo(60L * 32 * 8192);
        assertThat(made.getAsJsonObject("blocks").get("offline").getAsInt()).isEqualTo(1);
    }

    @Test
    void enduranceIsThatOfTheBlocks() {
        String made = image + "?factoryBad=0&profile=tiny";
        new Cli()
                .run("device", "create", made + "&endurance=2", "--endurance", "3")
                .fails(2, "device create", "--endurance and endurance= in the URI say the same thing");
        new Cli().run("device", "create", made, "--endurance", "-1").fails(2, "device create", "endurance=-1");
        new Cli().run("device", "create", made, "--endurance", "2").succeeds();
        new Cli().run(("-d " + image + " bench device --pattern seqwrite --luns 0 --count 400").split(" "));
        JsonArray worn = new Cli()
                .run("-d", image, "device", "report", "--json", "--state", "offline")
                .succeeds()
                .json()
                .getAsJsonArray();
        assertThat(worn).isNotEmpty();
    }

    @Test
    void createLeavesAnExistingFileAlone() throws Exception {
        Files.writeString(file, "precious");
        new Cli().run("device", "create", image).fails(1, "device create", "exists already");
        assertThat(file).hasContent("precious");
    }

    @Test
    void quietCreateSaysNothing() {
        assertThat(new Cli()
                        .run("-q", "device", "create", image, "--profile", "tiny")
                        .succeeds()
                        .silently()
                        .out())
                .isEmpty();
    }

    @Test
    void infoShowsEverythingOnce() {
        create();
        String text = new Cli()
                .run("-d", image, "device", "info")
                .succeeds()
                .silently()
                .out();
        assertThat(text)
                .contains("device ", "serial ", "Open-Channel SSD 2.0", "geometry ", "capacity ", "limits ", "timings ")
                .contains("durability   protected", "persistence ", "62 free");
        JsonObject json = new Cli()
                .run("device", "info", "--json", "--device", image)
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(json.keySet())
                .containsExactly(
                        "uri",
                        "model",
                        "serial",
                        "specification",
                        "persistence",
                        "durability",
                        "geometry",
                        "capacityBytes",
                        "limits",
                        "capabilities",
                        "timings",
                        "blocks",
                        "counters",
                        "notes");
        assertThat(json.get("capacityBytes").getAsLong()).isEqualTo(8 << 20);
    }

    @Test
    void rawShowsThePagesAsBytes() throws Exception {
        create();
        JsonObject pages = new Cli()
                .run("-d", image, "device", "info", "--raw", "--json")
                .succeeds()
                .silently()
                .json()
                .getAsJsonObject();
        assertThat(pages.keySet()).containsExactly("geometryPageBase64", "chunkInformationBase64", "identifyPages");
        assertThat(pages.get("identifyPages").getAsJsonArray()).isEmpty();
        byte[] page = Base64.getDecoder().decode(pages.get("geometryPageBase64").getAsString());
        assertThat(page).hasSize(4096).startsWith(2, 0);
        byte[] blocks =
                Base64.getDecoder().decode(pages.get("chunkInformationBase64").getAsString());
        assertThat(blocks).hasSize(64 * 32);
        assertThat(new Cli()
                        .run("-d", image, "device", "info", "--raw")
                        .succeeds()
                        .out())
                .startsWith("geometry page\n00000000  02 00 ")
                .contains("\nchunk information log page\n00000000  ");
        // What it shows is what another verb takes.
        Path file = Files.write(directory.resolve("geometry.bin"), page);
        assertThat(new Cli()
                        .run(("address convert --to generic ch=1,lun=1,blk=3 --geometry " + file).split(" "))
                        .succeeds()
                        .out())
                .isEqualTo(new Cli()
                        .run(("-d " + image + " address convert --to generic ch=1,lun=1,blk=3").split(" "))
                        .out());
    }

    @Test
    void theDeviceMayComeFromTheEnvironment() {
        create();
        new Cli().with("OCSSD_DEVICE", image).run("device", "info").succeeds();
        new Cli()
                .with("OCSSD_DEVICE", "emu:nix")
                .run("device", "info", "-d", image)
                .succeeds();
    }

    @Test
    void aBarePathIsProbedAndThatIsSaid() {
        create();
        assertThat(new Cli()
                        .run("-d", file.toString(), "device", "info")
                        .succeeds()
                        .err())
                .isEqualTo("ocssd: note: " + file + " is taken as " + image + "\n");
        new Cli().run("-q", "-d", file.toString(), "device", "info").succeeds().silently();
        new Cli().run("-d", file + "x", "device", "info").fails(1, "device info", "no such file");
        new Cli().run("-d", directory.toString(), "device", "info").fails(1, "device info", "no regular file");
        new Cli().run("-d", "/dev/null", "device", "info").fails(1, "device info", "no regular file");
    }

    @Test
    void reportListsBlocksAndTotals() {
        create();
        String text = new Cli()
                .run("-d", image, "device", "report")
                .succeeds()
                .silently()
                .out();
        assertThat(text.lines()).hasSize(1 + 64 + 1);
        assertThat(text).contains("64 blocks: 62 free, 0 open, 0 closed, 2 offline; 0 erases");

        JsonArray all =
                new Cli().run("-d", image, "device", "report", "--json").json().getAsJsonArray();
        assertThat(all).hasSize(64);
        assertThat(all.get(0).getAsJsonObject().keySet())
                .containsExactly(
                        "address",
                        "channel",
                        "lun",
                        "block",
                        "state",
                        "type",
                        "sectors",
                        "writePointerSectors",
                        "erases",
                        "wearIndex");
        assertThat(json("--channel", "1")).hasSize(32);
        assertThat(json("--channel", "0-1", "--lun", "1", "--state", "free").size()
                        + json("--lun", "1", "--state", "offline").size())
                .isEqualTo(32);
        assertThat(json("--state", "OFFLINE")).hasSize(2);
        assertThat(json("--state", "open")).isEmpty();
    }

    @Test
    void reportTellsTypeAndSizeOfEveryBlock() {
        new Cli()
                .run("device", "create", image + "?profile=tiny&randomBlocks=1&shortBlocks=3&factoryBad=0")
                .succeeds();
        assertThat(json("--type", "random")).hasSize(4).allSatisfy(each -> {
            assertThat(each.getAsJsonObject().get("block").getAsInt()).isZero();
            assertThat(each.getAsJsonObject().get("writePointerSectors").isJsonNull())
                    .isTrue();
        });
        assertThat(json("--type", "sequential").asList().stream()
                        .filter(each -> each.getAsJsonObject().get("sectors").getAsInt() < 32))
                .hasSize(3);
        assertThat(new Cli().run("-d", image, "device", "report").out())
                .containsPattern("address +ch +lun +blk +state +type +wp +sectors +erases +wear\n")
                .containsPattern("free +random +- +32 +0 +0\n");
    }

    @Test
    void singleBlocksAreNamedInAnyFormat() {
        create();
        JsonArray blocks = json("ch=1,lun=0,blk=7,sec=2", "0x100000007000000", "72057594155368448", "grp=1,pu=0,chk=7");
        assertThat(blocks).hasSize(4);
        blocks.forEach(each -> {
            assertThat(each.getAsJsonObject().get("channel").getAsInt()).isEqualTo(1);
            assertThat(each.getAsJsonObject().get("lun").getAsInt()).isZero();
            assertThat(each.getAsJsonObject().get("block").getAsInt()).isEqualTo(7);
        });
    }

    @Test
    void rangesOfAddressesAreAllOfThem() {
        create();
        assertThat(json("ch=0-1,lun=1,blk=3-5")).hasSize(6);
        assertThat(json("0x100000007000000-0x100000007000002")).hasSize(3);
        assertThat(new Cli()
                        .run("-d", image, "device", "report", "ch=0-1, blk=2 - 3")
                        .out()
                        .lines()
                        .skip(1)
                        .limit(4)
                        .map(line -> line.replaceFirst("^\\S+ +(\\d+) +(\\d+) +(\\d+) .*", "$1 $2 $3")))
                .containsExactly("0 0 2", "0 0 3", "1 0 2", "1 0 3");
    }

    @Test
    void whatIsOutsideTheGeometryIsRefused() {
        create();
        String[][] lines = {
            {"ch=2", "channel=2 is not in 0..1"},
            {"ch=1,lun=5,blk=99,sec=32", "lun=5 is not in 0..1, block=99 is not in 0..15, sector=32 is not in 0..31"},
            {"0xffffffffffffffff", "outside the geometry"},
            {"ch=300", "outside the geometry"},
        };
        for (String[] each : lines) {
            new Cli().run("-d", image, "device", "report", each[0]).fails(1, "device report", each[1]);
        }
        new Cli().run("-d", image, "device", "report", "--channel", "0-2").fails(1, "device report", "channel 2");
        new Cli().run("-d", image, "device", "report", "--lun", "2").fails(1, "device report", "LUN 2");
    }

    @Test
    void profilesAreShownAndCanBeMade() {
        JsonArray profiles = new Cli()
                .run("device", "profiles", "--json")
                .succeeds()
                .silently()
                .json()
                .getAsJsonArray();
        assertThat(profiles.get(0).getAsJsonObject().get("name").getAsString()).isEqualTo("small");
        String text = new Cli().run("device", "profiles").succeeds().silently().out();
        for (var each : profiles) {
            JsonObject profile = each.getAsJsonObject();
            String name = profile.get("name").getAsString();
            assertThat(text).containsPattern("(?m)^" + name + " +[\\d.]+ [KMGT]iB ");
            JsonObject one = new Cli()
                    .run("device", "profiles", name, "--json")
                    .succeeds()
                    .json()
                    .getAsJsonObject();
            assertThat(one).isEqualTo(profile);
            assertThat(new Cli()
                            .run("device", "profiles", name)
                            .succeeds()
                            .silently()
                            .out())
                    .startsWith("profile      " + name + ": ")
                    .contains("geometry ", "limits ", "cells ", "times ", "bus ", "controller ");
            JsonObject drive = new Cli()
                    .run("-d", "mem:?payload=off&profile=" + name, "device", "info", "--json")
                    .succeeds()
                    .json()
                    .getAsJsonObject();
            for (String key : new String[] {"geometry", "limits", "capabilities", "capacityBytes"}) {
                assertThat(drive.get(key)).as(name + " " + key).isEqualTo(profile.get(key));
            }
        }
    }

    @Test
    void aProfileShowsWhatItHasAndNothingElse() {
        String qemu = profile("qemu");
        assertThat(qemu)
                .doesNotContain("pages of", "any rate")
                .contains("cells        1 bit\n", "controller   takes no time\n")
                .contains(
                        "endurance    1,000 erases of a block; a wear index further than 10 from the average is said\n");
        assertThat(profile("westlake"))
                .contains(
                        "cells        2 bits, pages of 16 KiB",
                        "host link 4500 MB/s read",
                        "\nendurance    without end\n");
        JsonObject document = new Cli()
                .run("device", "profiles", "qemu", "--json")
                .succeeds()
                .json()
                .getAsJsonObject();
        assertThat(document.get("endurance").getAsInt()).isEqualTo(1000);
        assertThat(document.get("wearThreshold").getAsInt()).isEqualTo(10);
        assertThat(document.getAsJsonObject("flash").get("pageBytes").isJsonNull())
                .isTrue();
    }

    private static String profile(String name) {
        return new Cli().run("device", "profiles", name).succeeds().silently().out();
    }

    @Test
    void aVirtualClockIsTheUrisToChoose() {
        create();
        String text = new Cli()
                .run("-d", image + "?clock=virtual", "device", "info")
                .succeeds()
                .out();
        assertThat(text).contains("timings      read ");
    }

    private void create() {
        new Cli().run("device", "create", image, "--profile", "tiny").succeeds();
    }

    private JsonArray json(String... more) {
        String[] line = new String[5 + more.length];
        System.arraycopy(new String[] {"-d", image, "device", "report", "--json"}, 0, line, 0, 5);
        System.arraycopy(more, 0, line, 5, more.length);
        return new Cli().run(line).succeeds().silently().json().getAsJsonArray();
    }

    @Test
    void drivesOfThisHost() {
        new Cli().run("device", "list").succeeds();
        assertThat(new Cli().run("device", "list", "--json").json().isJsonArray())
                .isTrue();
        new Cli().run("device", "list", "more").fails(2, "device list", "one argument too many");
    }

    @Test
    void forceIsForRealDrives() {
        String image = "emu:" + directory.resolve("drive.img");
        new Cli().run("-d", image, "device", "info", "--force").fails(2, "device info", "--force is for real drives");
        new Cli()
                .run("-d", "zns:/dev/nothing-here", "device", "info", "--force")
                .fails(1, "device info", "there is no such node");
        new Cli().run("-d", "zns:/dev/null", "device", "info").fails(1, "device info", "is not a block device");
    }
}
