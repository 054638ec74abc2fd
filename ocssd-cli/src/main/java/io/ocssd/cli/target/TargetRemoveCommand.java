package io.ocssd.cli.target;

import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetInfo;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ocssd target remove}. */
@Command(
        name = "remove",
        description = {
            "Remove a target with all its data, and let others have its share.",
            "Its blocks are erased, so what it holds is gone for good: it asks on a terminal, and needs --yes elsewhere. When it"
                    + " is cut short the target is left as being removed, and the next change of the drive's targets finishes it."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ocssd -d emu:drive.img target remove logs", "  ocssd -d emu:drive.img target remove logs --dry-run"
        })
public final class TargetRemoveCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Name of the target.")
    private String name;

    @Mixin
    private Confirmation confirmation = new Confirmation();

    /** The verb in this session. */
    public TargetRemoveCommand(Session session) {
        this.session = session;
    }

    private record Removed(TargetView target, TargetUse blocks, boolean dryRun) {}

    @Override
    public Integer call() throws Exception {
        Devices devices = new Devices(session);
        DeviceUri uri = devices.chosen();
        Removed removed = devices.withDrive((drive, scheduler) -> remove(uri, drive));
        if (session.json()) {
            session.json(removed);
        }
        TargetUse use = removed.blocks();
        session.done((removed.dryRun() ? "would remove target " : "removed target ") + name + ", which had "
                + removed.target().share() + ", "
                + Numbers.bytes(removed.target().rawBytes()) + " of flash, "
                + (use.open() + use.closed()) + " blocks in use");
        return ExitStatus.OK;
    }

    private Removed remove(DeviceUri uri, Drive drive) throws IOException {
        TargetInfo target = Targets.find(drive, name);
        TargetUse use = TargetUse.of(drive, target);
        confirmation.require(
                session,
                "remove target " + name + " of " + uri + " with all its data, " + (use.open() + use.closed())
                        + " blocks in use");
        if (!confirmation.isDryRun()) {
            drive.removeTarget(name);
        }
        return new Removed(TargetView.of(target, drive.device().geometry()), use, confirmation.isDryRun());
    }
}
