package io.ocssd.cli.badblock;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.device.BlockReport;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;

/** {@code ocssd badblock list}. */
@Command(
        name = "list",
        description = {
            "Show the blocks that the device has taken out of use.",
            "A block that is offline and was never erased came like that from the factory; one that was is grown. Where a device"
                    + " does not tell erases, it is not known which."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ocssd -d emu:drive.img badblock list", "  ocssd -d emu:drive.img badblock list --json"})
public final class BadblockListCommand implements Callable<Integer> {
    private final Session session;

    /** The verb in this session. */
    public BadblockListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<BadBlock> blocks = new Devices(session).withDevice((device, scheduler) -> bad(device.report()));
        if (session.json()) {
            session.json(blocks);
            return ExitStatus.OK;
        }
        if (!blocks.isEmpty()) {
            Table table = new Table("address", ">ch", ">lun", ">blk", "kind", ">erases", ">wear");
            for (BadBlock each : blocks) {
                table.row(
                        each.address(),
                        each.channel(),
                        each.lun(),
                        each.block(),
                        each.kind(),
                        each.erases() == null ? "-" : each.erases(),
                        each.wearIndex());
            }
            table.print(session.out());
        }
        session.done(blocks.size() == 1 ? "1 bad block" : blocks.size() + " bad blocks");
        return ExitStatus.OK;
    }

    private static List<BadBlock> bad(BlockReport report) {
        return IntStream.range(0, report.geometry().blocks())
                .filter(block -> BadBlock.isBad(report, block))
                .mapToObj(block -> BadBlock.of(report, block))
                .toList();
    }
}
