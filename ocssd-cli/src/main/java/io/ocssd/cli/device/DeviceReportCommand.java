package io.ocssd.cli.device;

import io.ocssd.cli.frame.AddressArgument;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.NumberSet;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.device.BlockReport;
import io.ocssd.device.BlockState;
import io.ocssd.device.BlockType;
import io.ocssd.device.Geometry;
import io.ocssd.device.Limits;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code ocssd device report}. */
@Command(
        name = "report",
        description = {
            "Show state, type, write pointer, size, erase count and wear index of blocks.",
            "The write pointer (wp) is the number of sectors written; the wear index goes from 0 (new) to 255 (worn out)."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img device report",
            "  ocssd -d emu:drive.img device report --channel 0-1 --state open",
            "  ocssd -d emu:drive.img device report ch=0,lun=1,blk=7 0x200000000000000"
        })
public final class DeviceReportCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--channel",
            paramLabel = "N-M",
            converter = NumberSet.Converter.class,
            description = "Only blocks of these channels.")
    private NumberSet channels;

    @Option(
            names = "--lun",
            paramLabel = "N-M",
            converter = NumberSet.Converter.class,
            description = "Only blocks of these LUNs of their channels.")
    private NumberSet luns;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            converter = StateConverter.class,
            description = "Only blocks in this state: free, open, closed or offline.")
    private BlockState state;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            converter = TypeConverter.class,
            description =
                    "Only blocks of this type: sequential, written at the write pointer, or random, written anywhere.")
    private BlockType type;

    @Parameters(
            paramLabel = "ADDR",
            arity = "0..*",
            description = "Only these blocks: decimal, 0x.., or fields such as ch=0,lun=1,blk=7; ranges too, blk=0-7.")
    private List<String> addresses = new ArrayList<>();

    /** The verb in this session. */
    public DeviceReportCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        // Not by a converter of picocli: it takes an address that it can't convert for an argument too many.
        List<AddressArgument> blocks = AddressArgument.parse(addresses);
        List<BlockRow> rows =
                new Devices(session).withDevice((device, scheduler) -> rows(device.report(), device.limits(), blocks));
        if (session.json()) {
            session.json(rows);
            return ExitStatus.OK;
        }
        Table table =
                new Table("address", ">ch", ">lun", ">blk", "state", "type", ">wp", ">sectors", ">erases", ">wear");
        rows.forEach(row -> table.row(row.cells()));
        table.print(session.out());
        if (!session.quiet()) {
            session.out().println(totals(rows));
        }
        return ExitStatus.OK;
    }

    private List<BlockRow> rows(BlockReport report, Limits limits, List<AddressArgument> chosen) {
        Geometry geometry = report.geometry();
        checkInside("channel", channels, geometry.channels());
        checkInside("LUN", luns, geometry.lunsPerChannel());
        IntStream blocks = chosen.isEmpty()
                ? IntStream.range(0, geometry.blocks())
                : chosen.stream().mapToInt(each -> geometry.blockIndex(each.ppa(geometry, limits)));
        return blocks.filter(block -> state == null || report.state(block) == state)
                .filter(block -> type == null || report.type(block) == type)
                .mapToObj(block -> BlockRow.of(report, block))
                .filter(row -> channels == null || channels.numbers().contains(row.channel()))
                .filter(row -> luns == null || luns.numbers().contains(row.lun()))
                .collect(Collectors.toList());
    }

    private static void checkInside(String name, NumberSet numbers, int count) {
        if (numbers != null && numbers.numbers().last() >= count) {
            throw Failure.refused(
                    name + " " + numbers.numbers().last() + " is outside the geometry: " + name + "s are 0.."
                            + (count - 1),
                    "see ocssd device info for the geometry");
        }
    }

    private static String totals(List<BlockRow> rows) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (BlockState each : BlockState.values()) {
            counts.put(each.label(), 0);
        }
        long erases = 0;
        for (BlockRow row : rows) {
            counts.merge(row.state(), 1, Integer::sum);
            erases += row.erases() == null ? 0 : row.erases();
        }
        return rows.size() + " blocks: "
                + counts.entrySet().stream()
                        .map(each -> each.getValue() + " " + each.getKey())
                        .collect(Collectors.joining(", "))
                + "; " + erases + " erases";
    }

    /** States by their label. */
    static final class StateConverter implements ITypeConverter<BlockState> {
        @Override
        public BlockState convert(String text) {
            for (BlockState each : BlockState.values()) {
                if (each.label().equals(text.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw new TypeConversionException("\"" + text + "\" is none of free, open, closed, offline");
        }
    }

    /** Types by their label. */
    static final class TypeConverter implements ITypeConverter<BlockType> {
        @Override
        public BlockType convert(String text) {
            for (BlockType each : BlockType.values()) {
                if (each.label().equals(text.toLowerCase(Locale.ROOT))) {
                    return each;
                }
            }
            throw new TypeConversionException("\"" + text + "\" is none of sequential, random");
        }
    }
}
