package io.ocssd.cli.target;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ocssd target info}. */
@Command(
        name = "info",
        description = {
            "Show a target: its share of the drive, its budgets, and what the device says of its blocks.",
            "Nothing is written; a target that was not closed is not recovered by it. So blocks that the target itself has"
                    + " retired are among the usable ones: ocssd badblock list has them."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img target info kv")
public final class TargetInfoCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Name of the target.")
    private String name;

    /** The verb in this session. */
    public TargetInfoCommand(Session session) {
        this.session = session;
    }

    private record Info(TargetView target, TargetUse blocks) {}

    @Override
    public Integer call() throws Exception {
        Info info = new Devices(session)
                .withDrive(OpenOptions.defaults().withReadOnly(), (drive, scheduler) -> look(drive));
        if (session.json()) {
            session.json(info);
        } else {
            TargetText.print(session, info.target(), info.blocks());
        }
        return ExitStatus.OK;
    }

    private Info look(Drive drive) throws IOException {
        TargetInfo target = Targets.find(drive, name);
        return new Info(TargetView.of(target, drive.device().geometry()), TargetUse.of(drive, target));
    }
}
