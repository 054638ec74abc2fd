package io.ocssd.cli.device;

import io.ocssd.Ocssd;
import io.ocssd.cli.frame.DeviceHints;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Sizes;
import io.ocssd.device.DeviceUri;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd device create}: options become parameters of the URI. */
@Command(
        name = "create",
        description = {
            "Make an emulated drive: a sparse file that takes room as it is written.",
            "What no option says comes from the profile."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd device create emu:drive.img",
            "  ocssd device create emu:big.img --profile qemu --seed 7 --factory-bad 4",
            "  ocssd device create emu:odd.img --channels 3 --luns 2 --blocks 50 --pages 64 --sectors-per-page 4"
        })
public final class DeviceCreateCommand implements Callable<Integer> {
    private static final String SPECIFICATION = "2.0";

    private final Session session;

    @Parameters(paramLabel = "URI", description = "Where, for example emu:drive.img.")
    private String uri;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Drive to start from, see ocssd device profiles. Default: small, 512 MiB.")
    private String profile;

    @Option(names = "--spec", paramLabel = "VERSION", description = "Revision it speaks; 2.0 is the only one yet.")
    private String specification;

    @Option(names = "--channels", paramLabel = "N", description = "Channels.")
    private Integer channels;

    @Option(names = "--luns", paramLabel = "N", description = "LUNs of each channel.")
    private Integer luns;

    @Option(names = "--planes", paramLabel = "N", description = "Planes of each LUN; 1 is the only number yet.")
    private Integer planes;

    @Option(names = "--blocks", paramLabel = "N", description = "Blocks of each LUN.")
    private Integer blocks;

    @Option(names = "--pages", paramLabel = "N", description = "Pages of each block; with --sectors-per-page.")
    private Integer pages;

    @Option(names = "--sectors-per-page", paramLabel = "N", description = "Sectors of each page; with --pages.")
    private Integer sectorsPerPage;

    @Option(
            names = "--sector-bytes",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Bytes of user data of a sector.")
    private Long sectorBytes;

    @Option(
            names = "--oob-bytes",
            paramLabel = "SIZE",
            converter = Sizes.class,
            description = "Out-of-band bytes of a sector.")
    private Long oobBytes;

    @Option(
            names = "--endurance",
            paramLabel = "N",
            description = "Erases until a block is worn out; 0, the default, for never.")
    private Integer endurance;

    @Option(names = "--factory-bad", paramLabel = "N", description = "Blocks of the drive that are bad from the start.")
    private Integer factoryBad;

    @Option(names = "--seed", paramLabel = "N", description = "Places the bad blocks and makes the serial number.")
    private Long seed;

    /** The verb in this session. */
    public DeviceCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Devices devices = new Devices(session);
        DeviceUri drive = withOptions(devices.parse(uri, true));
        try {
            Ocssd.create(drive.toString());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(
                    e.getMessage(), DeviceHints.ofProfile(drive).orElse("see ocssd device create --help"), e);
        }
        DeviceUri made = new DeviceUri(drive.scheme(), drive.path(), new TreeMap<>());
        DeviceView view = devices.withDevice(made, (device, scheduler) -> DeviceView.of(device));
        if (session.json()) {
            session.json(view);
        } else if (!session.quiet()) {
            session.out().println("made " + made);
            new DeviceText(session.out()).printShape(view);
        }
        return ExitStatus.OK;
    }

    private DeviceUri withOptions(DeviceUri start) {
        if (specification != null && !specification.equals(SPECIFICATION)) {
            throw Failure.usage(
                    "--spec " + specification + ": this version emulates Open-Channel SSD " + SPECIFICATION + " only",
                    "leave --spec away");
        }
        if (planes != null && planes != 1) {
            throw Failure.usage(
                    "--planes " + planes + ": Open-Channel SSD " + SPECIFICATION
                            + " has no planes, so 1 is all there is",
                    "leave --planes away, or give more sectors to a page");
        }
        if ((pages == null) != (sectorsPerPage == null)) {
            throw Failure.usage(
                    "--pages and --sectors-per-page go together",
                    "a block has pages x sectors-per-page sectors; or add sectors=N to the URI");
        }
        DeviceUri drive = start;
        drive = with(drive, "profile", "--profile", profile);
        drive = with(drive, "channels", "--channels", channels);
        drive = with(drive, "luns", "--luns", luns);
        drive = with(drive, "blocks", "--blocks", blocks);
        drive = with(drive, "sectors", "--pages", pages == null ? null : sectors(pages, sectorsPerPage));
        drive = with(drive, "sectorBytes", "--sector-bytes", sectorBytes);
        drive = with(drive, "oobBytes", "--oob-bytes", oobBytes);
        drive = with(drive, "endurance", "--endurance", endurance);
        drive = with(drive, "factoryBad", "--factory-bad", factoryBad);
        return with(drive, "seed", "--seed", seed);
    }

    private static int sectors(int pages, int sectorsPerPage) {
        try {
            return Math.multiplyExact(pages, sectorsPerPage);
        } catch (ArithmeticException e) {
            throw Failure.usage(
                    "--pages " + pages + " --sectors-per-page " + sectorsPerPage + " is more than 2^31 - 1 sectors",
                    "a block has at most 2^24 sectors");
        }
    }

    private static DeviceUri with(DeviceUri uri, String parameter, String option, Object value) {
        if (value == null) {
            return uri;
        }
        if (uri.parameters().containsKey(parameter)) {
            throw Failure.usage(
                    option + " and " + parameter + "= in the URI say the same thing", "give one of them only");
        }
        return uri.with(parameter, value.toString());
    }
}
