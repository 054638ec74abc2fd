package io.ocssd.cli.badblock;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.device.BlockReport;
import io.ocssd.error.OcssdException;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ocssd badblock list}. */
@Command(
        name = "list",
        description = {
            "Show the blocks that are out of use: those of the device, and those that targets remember.",
            "A block that is offline and was never erased came like that from the factory; one that was is grown. Where a device"
                    + " does not tell erases, it is not known which. A target remembers blocks that failed and those marked by"
                    + " badblock mark; it is opened for that, as by every verb that shows what it holds."
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
        TreeMap<Integer, BadBlock> found = new TreeMap<>();
        new Devices(session).withDevice((device, scheduler) -> {
            addOffline(device.report(), found);
            return found;
        });
        addRetired(found);
        List<BadBlock> blocks = List.copyOf(found.values());
        if (session.json()) {
            session.json(blocks);
            return ExitStatus.OK;
        }
        if (!blocks.isEmpty()) {
            Table table = new Table("address", ">ch", ">lun", ">blk", "kind", "target", ">erases", ">wear");
            for (BadBlock each : blocks) {
                table.row(
                        each.address(),
                        each.channel(),
                        each.lun(),
                        each.block(),
                        each.kind(),
                        each.target() == null ? "-" : each.target(),
                        each.erases() == null ? "-" : each.erases(),
                        each.wearIndex());
            }
            table.print(session.out());
        }
        session.done(blocks.size() == 1 ? "1 bad block" : blocks.size() + " bad blocks");
        return ExitStatus.OK;
    }

    private static void addOffline(BlockReport report, Map<Integer, BadBlock> found) {
        for (int block = 0; block < report.geometry().blocks(); block++) {
            if (BadBlock.isBad(report, block)) {
                found.put(block, BadBlock.of(report, block));
            }
        }
    }

    /** What a drive or a target that can't be opened remembers is left out, with a note. */
    private void addRetired(Map<Integer, BadBlock> found) throws Exception {
        try {
            new Devices(session).withDrive((drive, scheduler) -> {
                BlockReport report = drive.device().report();
                for (TargetInfo target : drive.targets()) {
                    if (!target.removing()) {
                        addRetired(drive, target.name(), report, found);
                    }
                }
                return found;
            });
        } catch (OcssdException e) {
            session.note("what targets remember is not shown: " + e.getMessage());
        }
    }

    private void addRetired(Drive drive, String target, BlockReport report, Map<Integer, BadBlock> found)
            throws IOException {
        try {
            for (io.ocssd.target.BadBlock each : drive.target(target).badBlocks()) {
                if (each.reason() != io.ocssd.target.BadBlock.Reason.OFFLINE) {
                    found.put(each.block(), BadBlock.of(report, each, target));
                }
            }
        } catch (OcssdException e) {
            session.note("what target \"" + target + "\" remembers is not shown: " + e.getMessage());
        }
    }
}
