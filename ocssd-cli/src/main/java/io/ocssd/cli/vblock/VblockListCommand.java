package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.target.OpenOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd vblock list}. */
@Command(
        name = "list",
        description = "Show the vblocks of a target, oldest first.",
        footerHeading = "%nExamples:%n",
        footer = {"  ocssd -d emu:drive.img vblock list", "  ocssd -d emu:drive.img vblock list --target logs --json"})
public final class VblockListCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    /** The verb in this session. */
    public VblockListCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        List<VblockView> vblocks = TargetVblocks.with(
                session,
                target,
                OpenOptions.defaults(),
                (open, drive) ->
                        open.vblocks().list().stream().map(VblockView::of).toList());
        if (session.json()) {
            session.json(vblocks);
            return ExitStatus.OK;
        }
        if (vblocks.isEmpty()) {
            session.done("no vblock; ocssd vblock write makes one");
            return ExitStatus.OK;
        }
        VblockView.print(session, vblocks);
        long bytes = vblocks.stream().mapToLong(VblockView::lengthBytes).sum();
        session.done(vblocks.size() + (vblocks.size() == 1 ? " vblock, " : " vblocks, ") + Numbers.bytes(bytes));
        return ExitStatus.OK;
    }
}
