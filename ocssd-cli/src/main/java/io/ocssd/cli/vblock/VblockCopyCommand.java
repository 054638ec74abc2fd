package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.policy.PlacementOption;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.target.Drive;
import io.ocssd.target.Target;
import io.ocssd.vblock.Vblock;
import io.ocssd.vblock.VblockRequest;
import io.ocssd.vblock.Vblocks;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd vblock copy}. */
@Command(
        name = "copy",
        description = {
            "Copy a vblock to a new one, of this target or of another; the bytes go through this program.",
            "The copy is durable when it returns. Stream, width and tag are those of the options, not of the vblock."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img vblock copy 0x100000001 --stream gc --width 1",
            "  ocssd -d emu:drive.img vblock copy 0x100000001 --target logs --to archive"
        })
public final class VblockCopyCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private NewVblockOptions made = new NewVblockOptions();

    @Mixin
    private PlacementOption placement = new PlacementOption();

    @Option(names = "--to", paramLabel = "NAME", description = "The target of the copy; the same when not given.")
    private String to;

    @Parameters(paramLabel = "ID", description = "The vblock, as ocssd vblock list shows it.")
    private String id;

    /** The verb in this session. */
    public VblockCopyCommand(Session session) {
        this.session = session;
    }

    /** What was copied, as JSON has it. */
    private record Copied(VblockView from, VblockView to, String toTarget, long bytes) {}

    @Override
    public Integer call() throws Exception {
        long wanted = VblockId.parse(id);
        Copied copied = TargetVblocks.with(
                session, target, placement.openOptions(), (open, drive) -> copy(open, drive, wanted));
        if (session.json()) {
            session.json(copied);
        }
        session.done("copied " + Numbers.bytes(copied.bytes()) + " of vblock "
                + copied.from().id() + " to " + copied.to().sentence() + " of target " + copied.toTarget());
        return ExitStatus.OK;
    }

    private Copied copy(Target open, Drive drive, long wanted) throws IOException {
        Vblock from = TargetVblocks.find(open.vblocks(), wanted);
        Target destination = to == null ? open : drive.target(to);
        Vblocks vblocks = destination.vblocks();
        VblockRequest request = made.request(vblocks);
        VblockFeed feed = new VblockFeed(session, false, Long.MAX_VALUE);
        feed.checkFits(vblocks, request, from.length());
        try (InputStream in = new VblockInput(from);
                Meter meter = session.meter("copying", from.length(), "bytes")) {
            feed.write(in, vblocks, request, meter);
        }
        if (!feed.isComplete()) {
            vblocks.open(VblockId.parse(feed.vblocks().get(0).id())).erase();
            throw Failure.refused("stopped; there is no copy", "run it again");
        }
        return new Copied(
                VblockView.of(from), feed.vblocks().get(0), destination.info().name(), from.length());
    }
}
