package io.ocssd.cli.target;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.target.Drive;
import io.ocssd.target.TargetChange;
import io.ocssd.target.TargetShare;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ocssd target resize}. */
@Command(
        name = "resize",
        description = {
            "Give a target more or less of the drive, or other budgets; durable when it returns.",
            "What is given is what the target has afterwards, all of it. No data is lost: what holds a vblock is not given"
                    + " back, and the target keeps as much of what it has as fits. What no option says stays as it is."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img target resize logs --lun-count 6",
            "  ocssd -d emu:drive.img target resize logs --luns 0-3",
            "  ocssd -d emu:drive.img target resize logs --overprovision 0.2 --open-blocks 16"
        })
public final class TargetResizeCommand implements Callable<Integer> {
    private final Session session;

    @Parameters(paramLabel = "NAME", description = "Name of the target.")
    private String name;

    @Mixin
    private ShareOptions options = new ShareOptions();

    /** The verb in this session. */
    public TargetResizeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        TargetChange change = change();
        if (change.equals(TargetChange.none())) {
            throw Failure.usage("nothing is to be different", "give a share or a budget; see --help");
        }
        TargetView view = new Devices(session).withDrive((drive, scheduler) -> resize(drive, change));
        if (session.json()) {
            session.json(view);
        }
        session.done("target " + view.name() + " has " + view.share() + " now, " + Numbers.bytes(view.rawBytes())
                + " of flash");
        return ExitStatus.OK;
    }

    private TargetView resize(Drive drive, TargetChange change) throws IOException {
        return TargetView.of(
                drive.resizeTarget(name, change).info(), drive.device().geometry());
    }

    private TargetChange change() {
        try {
            TargetChange change = TargetChange.none();
            Optional<TargetShare> share = options.share();
            if (share.isPresent()) {
                change = change.withShare(share.get());
            }
            if (options.overprovision().isPresent()) {
                change = change.withOverprovision(options.overprovision().get());
            }
            if (options.openBlocks().isPresent()) {
                change = change.withOpenBlocks(options.openBlocks().get());
            }
            if (options.windowBytes().isPresent()) {
                change = change.withWindowBytes(options.windowBytes().get());
            }
            return change;
        } catch (IllegalArgumentException e) {
            throw ShareOptions.wrong(e);
        }
    }
}
