package io.ocssd.cli.vblock;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.Table;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.device.Limits;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import io.ocssd.vblock.Vblocks;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code ocssd vblock info}. */
@Command(
        name = "info",
        description = {
            "Show a vblock; without an id, what vblocks of the target can be like.",
            "For each width: the bytes that one holds at least, how many could be made now, and how many a program can write at"
                    + " the same time."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  ocssd -d emu:drive.img vblock info", "  ocssd -d emu:drive.img vblock info 0x100000001"})
public final class VblockInfoCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The vblock, as ocssd vblock list shows it.")
    private String id;

    /** The verb in this session. */
    public VblockInfoCommand(Session session) {
        this.session = session;
    }

    private record Width(int width, long capacityBytes, int available, int maxWriters) {}

    private record Info(String target, int maxWidth, int vblocks, long unitBytes, List<Width> widths) {}

    @Override
    public Integer call() throws Exception {
        return id == null ? target() : vblock(VblockId.parse(id));
    }

    private int vblock(long wanted) throws Exception {
        VblockView view = TargetVblocks.with(
                session,
                target,
                OpenOptions.defaults(),
                (open, drive) -> VblockView.of(TargetVblocks.find(open.vblocks(), wanted)));
        if (session.json()) {
            session.json(view);
        } else {
            VblockView.print(session, List.of(view));
        }
        return ExitStatus.OK;
    }

    private int target() throws Exception {
        Info info = TargetVblocks.with(session, target, OpenOptions.defaults(), VblockInfoCommand::look);
        if (session.json()) {
            session.json(info);
            return ExitStatus.OK;
        }
        Table table = new Table(">width", ">capacity", ">available", ">writers");
        info.widths()
                .forEach(each -> table.row(
                        each.width(), Numbers.bytes(each.capacityBytes()), each.available(), each.maxWriters()));
        table.print(session.out());
        session.done(
                "target " + info.target() + " has " + info.vblocks() + (info.vblocks() == 1 ? " vblock" : " vblocks"));
        return ExitStatus.OK;
    }

    private static Info look(Target open, Drive drive) {
        Vblocks vblocks = open.vblocks();
        Limits limits = drive.device().limits();
        List<Width> widths = IntStream.rangeClosed(1, vblocks.maxWidth())
                .filter(width -> Integer.bitCount(width) == 1 || width == vblocks.maxWidth())
                .mapToObj(width -> new Width(
                        width, vblocks.capacityBytes(width), vblocks.available(width), vblocks.maxWriters(width)))
                .toList();
        return new Info(
                open.info().name(),
                vblocks.maxWidth(),
                vblocks.list().size(),
                (long) limits.wsMin() * drive.device().geometry().sectorBytes(),
                widths);
    }
}
