package io.ocssd.cli.target;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** {@code ocssd target list}. */
@Command(
        name = "list",
        description = "Show the targets on a drive's label.",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img target list")
public final class TargetListCommand implements Callable<Integer> {
    private final Session session;

    /** The verb in this session. */
    public TargetListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<TargetView> targets = new Devices(session)
                .withDrive(OpenOptions.defaults().withReadOnly(), (drive, scheduler) -> targets(drive));
        if (session.json()) {
            session.json(targets);
            return ExitStatus.OK;
        }
        if (targets.isEmpty()) {
            session.done("no target; ocssd target create makes one");
            return ExitStatus.OK;
        }
        Table table = new Table("name", ">id", "share", ">flash", ">overprovision", ">open", ">window", "");
        for (TargetView each : targets) {
            table.row(
                    each.name(),
                    each.id(),
                    each.share(),
                    Numbers.bytes(each.rawBytes()),
                    TargetText.percent(each.overprovision()),
                    each.openBlocks() == null ? "-" : each.openBlocks(),
                    each.windowBytes() == null ? "-" : Numbers.bytes(each.windowBytes()),
                    each.removing() ? "being removed" : "");
        }
        table.print(session.out());
        return ExitStatus.OK;
    }

    private static List<TargetView> targets(Drive drive) {
        return drive.targets().stream()
                .map(each -> TargetView.of(each, drive.device().geometry()))
                .collect(Collectors.toList());
    }
}
