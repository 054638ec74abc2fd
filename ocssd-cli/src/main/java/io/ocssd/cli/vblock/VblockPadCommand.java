package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.RecoveryReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd vblock pad}. */
@Command(
        name = "pad",
        description = {
            "Pad and close the vblocks that a stopped writer left open, at their last sync.",
            "Every verb that opens the target does that first; this one does nothing else, and says what it took."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img vblock pad --target logs")
public final class VblockPadCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    /** The verb in this session. */
    public VblockPadCommand(Session session) {
        this.session = session;
    }

    /** What it took, as JSON has it. */
    private record Padded(
            String target, int vblocks, int closedVblocks, long paddedSectors, int erasedBlocks, long elapsedNanos) {}

    @Override
    public Integer call() throws Exception {
        Padded padded = TargetVblocks.with(session, target, OpenOptions.defaults(), (open, drive) -> {
            RecoveryReport report = open.recovery();
            return new Padded(
                    open.info().name(),
                    report.vblocks(),
                    report.resealed(),
                    report.paddedSectors(),
                    report.erasedBlocks(),
                    report.nanos());
        });
        if (session.json()) {
            session.json(padded);
        }
        session.done(
                padded.closedVblocks() == 0 && padded.erasedBlocks() == 0
                        ? "nothing was open, " + padded.vblocks() + " vblocks"
                        : "closed " + padded.closedVblocks() + " of " + padded.vblocks() + " vblocks with "
                                + padded.paddedSectors() + " sectors of filler, erased " + padded.erasedBlocks()
                                + " blocks of vblocks half made or half erased");
        return ExitStatus.OK;
    }
}
