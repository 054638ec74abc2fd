package io.ocssd.cli.address;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.ocssd.cli.Cli;
import io.ocssd.device.Capabilities;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import io.ocssd.device.Timings;
import io.ocssd.geometry.address.DeviceAddressFormat;
import io.ocssd.geometry.page.GeometryPage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressConvertTest {
    @TempDir
    Path directory;

    private Path file;
    private ByteBuffer page;

    /** The page of a CNEX drive, whose addresses its maker's documentation and liblightnvm's give as examples. */
    @BeforeEach
    void page() throws IOException {
        file = directory.resolve("page.bin");
        page = ByteBuffer.allocate(GeometryPage.BYTES);
        cnex(new DeviceAddressFormat(new Geometry(8, 4, 1474, 6144, 4096, 16))).encode(page, 0);
        Files.write(file, page.array());
    }

    private static GeometryPage cnex(DeviceAddressFormat addresses) {
        return new GeometryPage(0, addresses, new Limits(24, 24, 192, 0), Capabilities.NONE, 0, Timings.NONE);
    }

    private Cli.Run convert(String line) {
        List<String> arguments = new ArrayList<>(List.of("address", "convert", "--geometry", file.toString()));
        arguments.addAll(List.of(line.split(" ")));
        return new Cli().run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --to device --from generic 0x020100000000000a   | 0x900000a
            --to generic --from device 0x900000a            | 0x20100000000000a
            --to generic --from device 150994954            | 0x20100000000000a
            --to generic grp=4,pu=2,chk=142                 | 0x402008e00000000
            --to fields --from generic 0x0402008e00000007   | ch=4,lun=2,blk=142,sec=7
            --to device ch=0,lun=0,blk=1                    | 0x2000
            --to offset ch=0,lun=0,blk=1,sec=3              | 33566720
            --to fields --from offset 33566720              | ch=0,lun=0,blk=1,sec=3
            --to log-page ch=2,lun=1,blk=5,sec=99           | 424672
            --to fields --from log-page 424672              | ch=2,lun=1,blk=5,sec=0
            --to ppa ch=2,lun=1,blk=5,pg=2,sec=1            | 0x201000005000031
            --to ppa --from log-page 424672                 | 0x201000005000000
            --to fields 0x201000005000031                   | ch=2,lun=1,blk=5,sec=49
            --to fields 144396663136452657                  | ch=2,lun=1,blk=5,sec=49
            --to device --from device 0x900000a             | 0x900000a
            --from device ch=0,lun=0,blk=1 --to DEVICE      | 0x2000
            """)
    void anyFormatToAnyOther(String line, String expected) {
        assertThat(convert(line).succeeds().silently().out()).isEqualTo(expected + "\n");
    }

    @Test
    void manyAreConvertedInTheirOrder() {
        assertThat(convert("--to device ch=1 0 blk=1 0x201000000000000")
                        .succeeds()
                        .silently()
                        .out())
                .isEqualTo("0x4000000\n0x0\n0x2000\n0x9000000\n");
    }

    @Test
    void rangesAreSpreadOut() {
        assertThat(convert("--to device ch=1,blk=0-1,sec=5-6 0x2000-0x2001 --from device")
                        .succeeds()
                        .out())
                .isEqualTo("0x4000005\n0x4000006\n0x4002005\n0x4002006\n0x2000\n0x2001\n");
    }

    @Test
    void jsonHasTheFieldsToo() {
        JsonArray rows = convert("--json --to device ch=2,lun=1,blk=5,sec=99 0x201000005000000")
                .succeeds()
                .silently()
                .json()
                .getAsJsonArray();
        assertThat(rows).hasSize(2);
        JsonObject row = rows.get(0).getAsJsonObject();
        assertThat(row.keySet()).containsExactly("input", "from", "to", "address", "channel", "lun", "block", "sector");
        assertThat(row.get("input").getAsString()).isEqualTo("ch=2,lun=1,blk=5,sec=99");
        assertThat(row.get("from").getAsString()).isEqualTo("fields");
        assertThat(row.get("to").getAsString()).isEqualTo("device");
        assertThat(row.get("address").getAsString()).isEqualTo("0x900a063");
        assertThat(row.get("channel").getAsInt()).isEqualTo(2);
        assertThat(row.get("lun").getAsInt()).isEqualTo(1);
        assertThat(row.get("block").getAsInt()).isEqualTo(5);
        assertThat(row.get("sector").getAsInt()).isEqualTo(99);
        assertThat(rows.get(1).getAsJsonObject().get("from").getAsString()).isEqualTo("ppa");
        JsonObject block = convert("--json --to ppa --from log-page 424672")
                .json()
                .getAsJsonArray()
                .get(0)
                .getAsJsonObject();
        assertThat(block.get("sector").isJsonNull()).isTrue();
        assertThat(block.get("block").getAsInt()).isEqualTo(5);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --to device ch=8,lun=4,blk=1474,sec=6144       | channel=8 is not in 0..7, lun=4 is not in 0..3, block=1474 is not
            --to device ch=999999999                       | channel=999999999 is not in 0..7
            --to device pg=256                             | page=256 is not in 0..255
            --to device pg=255,sec=24                      | sector=24 is not in 0..23
            --to device 0xffffffffffffffff                 | channel=255 is not in 0..7
            --to device --from generic 0x0801000000000000  | channel=8 is not in 0..7
            --to fields --from device 0x1800               | sector=6144 is not in 0..6143
            --to fields --from device 0x20000000           | bits above the 29
            --to fields --from offset 4097                 | no multiple of 4096
            --to fields --from log-page 31                 | no multiple of 32
            --to fields --from log-page 1509376            | channel=8 is not in 0..7
            --to device 0 ch=1 ch=8                        | channel=8 is not in 0..7
            """)
    void whatIsOutsideTheGeometryIsRefusedAndNothingIsPrinted(String line, String why) {
        convert(line).fails(1, "address convert", why);
    }

    @Test
    void theSizeOfASectorIsAnOption() {
        assertThat(convert("--to offset --sector-bytes 8K blk=1").succeeds().out())
                .isEqualTo(8192 * 8192 + "\n");
    }

    @Test
    void theDriveMayHaveWiderAddressesThanItNeeds() throws IOException {
        cnex(new DeviceAddressFormat(new Geometry(8, 4, 1474, 6144, 4096, 16), 3, 2, 16, 24))
                .encode(page, 0);
        Files.write(file, page.array());
        assertThat(convert("--to device ch=1,blk=7,sec=2").succeeds().out()).isEqualTo("0x40007000002\n");
    }

    @Test
    void aFileThatIsNoGeometryPageIsRefused() throws IOException {
        Files.write(file, new byte[4095]);
        convert("--to device 0").fails(1, "address convert", "page.bin has 4095 bytes: a geometry page has 4096");
        Files.write(file, new byte[8192]);
        convert("--to device 0").fails(1, "address convert", "more than 4096 bytes");
        Files.write(file, new byte[4096]);
        convert("--to device 0").fails(1, "address convert", "page.bin: the geometry page is of version 0");
        page.putShort(64, (short) 0);
        Files.write(file, page.array());
        convert("--to device 0").fails(1, "address convert", "channels=0");
        Files.delete(file);
        convert("--to device 0").fails(1, "address convert", "no such file");
        Files.createDirectory(file);
        convert("--to device 0").fails(1, "address convert", "is a directory");
    }

    @Test
    void theGeometryMayBeThatOfADevice() {
        String[] line = "-d mem:?profile=qemu address convert --to device grp=1,pu=3,chk=59,pg=1,sec=2".split(" ");
        assertThat(new Cli().run(line).succeeds().silently().out()).isEqualTo("0x1fb006\n");
        new Cli()
                .run("-d", "mem:", "address", "convert", "--to", "device", "ch=99")
                .fails(1, "address convert", "channel=99 is not in 0..");
    }

    /** With a file no device is opened, whatever the environment says. */
    @Test
    void aFileNeedsNoDevice() {
        String[] line = {"address", "convert", "--geometry", file.toString(), "--to", "device", "blk=1"};
        Cli.Run run = new Cli().with("OCSSD_DEVICE", "emu:nowhere").run(line);
        assertThat(run.succeeds().silently().out()).isEqualTo("0x2000\n");
    }
}
