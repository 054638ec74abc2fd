package io.ocssd.cli.ftl;

import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd ftl info}. */
@Command(
        name = "info",
        description = "What the block device offers, holds and is spread over.",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img ftl info")
public final class FtlInfoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    /** The verb in this session. */
    public FtlInfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        BlockDeviceView view = OpenedBlockDevice.with(session, target, BlockOptions.defaults(), BlockDeviceView::of);
        if (session.json()) {
            session.json(view);
        } else {
            session.out()
                    .println("sectors      " + Numbers.count(view.sectors()) + " of 4 KiB, "
                            + Numbers.bytes(view.capacityBytes()) + "; "
                            + Numbers.count(view.mappedSectors()) + " hold something");
            session.out()
                    .println("units        " + view.units() + " of " + view.width()
                            + (view.width() == 1 ? " LUN, " : " LUNs, ") + view.pagesPerUnit() + " pages each; "
                            + view.freeUnits() + " are free");
            session.out().println("atomic       up to " + view.mostAtomicSectors() + " sectors in one write");
            session.out()
                    .println("replayed     " + Numbers.count(view.replayedRecords())
                            + " records that were newer than the checkpoint");
        }
        return ExitStatus.OK;
    }
}
