package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.vblock.Vblock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ocssd vblock erase}. */
@Command(
        name = "erase",
        description = {
            "Erase vblocks.",
            "What is in them is gone for good: it asks on a terminal, and needs --yes elsewhere. One that is not there stops it"
                    + " before any is erased. Vblocks that an application needs, a store for example, are not told apart."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img vblock erase 0x100000001 0x100000002",
            "  ocssd -d emu:drive.img vblock erase --all --target logs --yes"
        })
public final class VblockEraseCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(names = "--all", description = "All vblocks of the target.")
    private boolean all;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The vblocks, as ocssd vblock list shows them.")
    private List<String> ids = new ArrayList<>();

    /** The verb in this session. */
    public VblockEraseCommand(Session session) {
        this.session = session;
    }

    /** What was erased, as JSON has it. */
    private record Erased(List<VblockView> vblocks, boolean dryRun) {}

    @Override
    public Integer call() throws Exception {
        List<Long> wanted = VblockId.parse(ids);
        if (all == !wanted.isEmpty()) {
            throw Failure.usage(
                    all ? "--all and an id say two things" : "no vblock is named",
                    "give ids, or --all for all of them");
        }
        Erased erased =
                TargetVblocks.with(session, target, OpenOptions.defaults(), (open, drive) -> erase(open, wanted));
        if (session.json()) {
            session.json(erased);
        }
        long bytes =
                erased.vblocks().stream().mapToLong(VblockView::lengthBytes).sum();
        session.done((erased.dryRun() ? "would erase " : "erased ")
                + count(erased.vblocks().size()) + ", " + Numbers.bytes(bytes));
        return ExitStatus.OK;
    }

    private Erased erase(Target open, List<Long> wanted) throws IOException {
        List<Vblock> vblocks = new ArrayList<>();
        if (all) {
            vblocks.addAll(open.vblocks().list());
        }
        for (long id : wanted) {
            vblocks.add(TargetVblocks.find(open.vblocks(), id));
        }
        List<VblockView> views = vblocks.stream().map(VblockView::of).toList();
        confirmation.require(
                session,
                "erase " + count(vblocks.size()) + " of target " + open.info().name());
        if (!confirmation.isDryRun()) {
            for (Vblock each : vblocks) {
                each.erase();
            }
        }
        return new Erased(views, confirmation.isDryRun());
    }

    private static String count(int vblocks) {
        return vblocks + (vblocks == 1 ? " vblock" : " vblocks");
    }
}
