package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd ftl trim}. */
@Command(
        name = "trim",
        description = {
            "Give sectors up: they read as zeros, and their room is collected. Durable when it returns.",
            "It asks on a terminal, and needs --yes elsewhere."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img ftl trim --sector 100 --count 50 --yes")
public final class FtlTrimCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(names = "--sector", paramLabel = "N", required = true, description = "First sector.")
    private long sector;

    @Option(names = "--count", paramLabel = "N", required = true, description = "How many.")
    private long count;

    /** The verb in this session. */
    public FtlTrimCommand(Session session) {
        this.session = session;
    }

    /** What was trimmed, as JSON has it. */
    private record Trimmed(long sector, long sectors, long freedSectors, boolean dryRun) {}

    @Override
    public Integer call() throws Exception {
        Trimmed trimmed = OpenedBlockDevice.with(session, target, BlockOptions.defaults(), this::trim);
        if (session.json()) {
            session.json(trimmed);
        } else {
            session.done((trimmed.dryRun() ? "would trim " : "trimmed ") + Numbers.count(trimmed.sectors()) + " sectors"
                    + (trimmed.dryRun()
                            ? ""
                            : ", of which " + Numbers.count(trimmed.freedSectors()) + " held something"));
        }
        return ExitStatus.OK;
    }

    private Trimmed trim(BlockDevice device) throws IOException {
        OpenedBlockDevice.checkRange(device, sector, count);
        confirmation.require(session, "trim " + Numbers.count(count) + " sectors from sector " + sector);
        if (confirmation.isDryRun()) {
            return new Trimmed(sector, count, 0, true);
        }
        long before = device.statistics().mappedSectors();
        device.trim(sector, count);
        device.flush();
        return new Trimmed(sector, count, before - device.statistics().mappedSectors(), false);
    }
}
