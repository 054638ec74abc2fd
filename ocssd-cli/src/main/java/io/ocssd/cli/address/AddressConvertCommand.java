package io.ocssd.cli.address;

import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Sizes;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.Geometry;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.address.AddressConverter;
import io.ocssd.geometry.address.AddressFormat;
import io.ocssd.geometry.address.AddressText;
import io.ocssd.geometry.page.GeometryPage;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd address convert}. */
@Command(
        name = "convert",
        description = {
            "Convert addresses from any format to any other; each result is a line.",
            "",
            "  ppa       packed: channel 8 bits, LUN 8, block 24, sector 24; the other verbs' own",
            "  generic   liblightnvm's generic format: channel 8 bits, LUN 8, block 16, sector 32",
            "  device    the drive's own logical block address",
            "  offset    byte offset in the drive's address space: device address x sector bytes",
            "  log-page  byte offset of the block's descriptor in log page 0xCA; the sector is lost",
            "  fields    ch=1,lun=0,blk=7,sec=2",
            "",
            "A number is taken for a ppa unless --from says otherwise; fields are known by themselves, as",
            "ch=,lun=,blk=,pg=,sec= or grp=,pu=,chk=,sec=. A page (pg) is the smallest program of the drive, wsMin sectors.",
            "Ranges stand for all addresses in them: 0-3, or blk=0-3.",
            "The geometry is the device's, or that of a file, which needs no device."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img address convert --to device ch=1,lun=0,blk=7 0x200000000000000",
            "  ocssd -d emu:drive.img address convert --to log-page --from generic 0x0101000e00000000",
            "  ocssd address convert --to fields --from device --geometry page.bin 0x900000a",
            "  ocssd -d mem:?profile=qemu address convert --to offset grp=1,pu=3,chk=59"
        })
public final class AddressConvertCommand implements Callable<Integer> {
    private static final int DEFAULT_SECTOR_BYTES = 4096;

    private final Session session;

    @Option(
            names = "--to",
            required = true,
            paramLabel = "FORMAT",
            converter = Notation.Converter.class,
            description = "generic, device, offset, log-page, fields or ppa.")
    private Notation to;

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            converter = Notation.NumberConverter.class,
            description = "What a number is: ppa (when this is not given), generic, device, offset or log-page.")
    private Notation from = Notation.PPA;

    @Option(
            names = "--geometry",
            paramLabel = "FILE",
            description = "Geometry page (4096 bytes) of the drive; then no device is opened.")
    private Path file;

    @Option(
            names = "--sector-bytes",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Bytes of a sector, which a geometry page does not say. Default: 4096.")
    private Long sectorBytes;

    @Parameters(paramLabel = "ADDR", arity = "1..*", description = "Decimal, 0x.., or fields such as ch=0,lun=1,blk=7.")
    private List<String> addresses;

    /** The verb in this session. */
    public AddressConvertCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        // Not by a converter of picocli: it takes an address that it can't convert for an argument too many.
        List<AddressArgument> parsed = AddressArgument.parse(addresses);
        GeometryPage page = page();
        AddressConverter converter = new AddressConverter(page.addresses());
        // All before any is printed: a line that is missing would not be missed.
        List<ConvertedAddress> converted =
                parsed.stream().map(each -> convert(each, page, converter)).toList();
        if (session.json()) {
            session.json(converted);
        } else {
            converted.forEach(each -> session.out().println(each.address()));
        }
        return ExitStatus.OK;
    }

    private GeometryPage page() throws Exception {
        if (file != null) {
            return GeometryFile.read(file, sectorBytes());
        }
        if (sectorBytes != null) {
            throw Failure.usage(
                    "--sector-bytes goes with --geometry: a device says itself how large its sectors are",
                    "leave --sector-bytes away, or give --geometry");
        }
        return new Devices(session).withDevice((device, scheduler) -> page(device));
    }

    private static GeometryPage page(FlashDevice device) throws Exception {
        Geometry shape = device.geometry();
        return GeometryPage.decode(device.admin().geometryPage(), 0, shape.sectorBytes(), shape.oobBytes());
    }

    private int sectorBytes() {
        if (sectorBytes == null) {
            return DEFAULT_SECTOR_BYTES;
        }
        if (Long.bitCount(sectorBytes) != 1 || sectorBytes < 512 || sectorBytes > 65536) {
            throw Failure.usage(
                    "--sector-bytes " + sectorBytes + " is no power of two from 512 to 65536",
                    "see ocssd address convert --help");
        }
        return sectorBytes.intValue();
    }

    private ConvertedAddress convert(AddressArgument argument, GeometryPage page, AddressConverter converter) {
        AddressText text = argument.text();
        Notation written = text.isNumber() ? from : Notation.FIELDS;
        try {
            long address = text.isNumber() ? text.number() : argument.ppa(page.geometry(), page.limits());
            long ppa = converter.convert(written.format(), AddressFormat.PPA, address);
            return new ConvertedAddress(
                    text.text(),
                    written.label(),
                    to.label(),
                    to.write(converter.convert(written.format(), to.format(), address)),
                    Ppa.channel(ppa),
                    Ppa.lun(ppa),
                    Ppa.block(ppa),
                    written == Notation.LOG_PAGE ? null : Ppa.sector(ppa));
        } catch (IllegalArgumentException e) {
            throw Failure.refused(e.getMessage(), hint(written));
        }
    }

    private String hint(Notation written) {
        String geometry = file == null ? AddressArgument.GEOMETRY_HINT : "the geometry is that of " + file;
        return written == Notation.PPA
                ? geometry + "; a number is taken for a ppa unless --from says otherwise"
                : geometry;
    }
}
