package io.ocssd.cli.target;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetRequest;
import io.ocssd.target.TargetShare;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ocssd target create}. */
@Command(
        name = "create",
        description = {
            "Provision a part of the drive to an application; durable when it returns.",
            "A part is whole LUNs, and blocks on a drive of one LUN. Without an option it is everything that no other target"
                    + " has. A drive that limits its open blocks shares that limit out too: a target gets as much of what is"
                    + " left as it gets of the flash that is left, and at least 4."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img target create kv",
            "  ocssd -d emu:drive.img target create logs --luns 0-3,6",
            "  ocssd -d emu:drive.img target create logs --lun-count 4 --overprovision 0.1",
            "  ocssd -d emu:drive.img target create cache --capacity 64M --open-blocks 8 --window 16M"
        })
public final class TargetCreateCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Name of the target: letters, digits, dots, dashes, underscores.")
    private String name;

    @Mixin
    private ShareOptions options = new ShareOptions();

    /** The verb in this session. */
    public TargetCreateCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        TargetRequest request = request();
        TargetView view = new Devices(session).withDrive((drive, scheduler) -> create(drive, request));
        if (session.json()) {
            session.json(view);
        }
        session.done("made target " + view.name() + " on " + view.share() + ", " + Numbers.bytes(view.rawBytes())
                + " of flash");
        return ExitStatus.OK;
    }

    private TargetRequest request() {
        try {
            return new TargetRequest(
                    name,
                    options.share().orElse(TargetShare.rest()),
                    options.overprovision().orElse(0.0),
                    options.openBlocks().orElse(0),
                    options.windowBytes().orElse(0L));
        } catch (IllegalArgumentException e) {
            throw ShareOptions.wrong(e);
        }
    }

    private static TargetView create(Drive drive, TargetRequest request) throws Exception {
        return TargetView.of(drive.createTarget(request).info(), drive.device().geometry());
    }
}
