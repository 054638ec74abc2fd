package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockFormat;
import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.Confirmation;
import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.target.OpenOptions;
import io.ocssd.target.Target;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ocssd ftl format}. */
@Command(
        name = "format",
        description = {
            "Make the target a block device that holds nothing.",
            "All vblocks of the target are erased: it asks on a terminal, and needs --yes elsewhere."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img ftl format --yes",
            "  ocssd -d emu:drive.img ftl format --target disk --overprovision 0.1 --width 4 --yes"
        })
public final class FtlFormatCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    @Mixin
    private Confirmation confirmation = new Confirmation();

    @Option(
            names = "--overprovision",
            paramLabel = "FRACTION",
            defaultValue = "0.28",
            description = "Spare room by what is offered, above 0. Default: 0.28.")
    private double overprovision;

    @Option(
            names = "--sectors",
            paramLabel = "N",
            defaultValue = "0",
            description = "Sectors of 4 KiB; as many as the overprovisioning leaves when not given.")
    private long sectors;

    @Option(
            names = "--width",
            paramLabel = "LUNS",
            defaultValue = "0",
            description = "LUNs of a unit, which is erased as a whole; chosen when not given.")
    private int width;

    /** The verb in this session. */
    public FtlFormatCommand(Session session) {
        this.session = session;
    }

    /** What was made, as JSON has it. */
    private record Formatted(BlockDeviceView blockDevice, int erasedVblocks, boolean dryRun) {}

    @Override
    public Integer call() throws Exception {
        BlockFormat format;
        try {
            format = new BlockFormat(sectors, overprovision, width);
        } catch (IllegalArgumentException e) {
            throw Failure.usage(e.getMessage(), "see ocssd ftl format --help", e);
        }
        Formatted done = new Devices(session)
                .withDrive(
                        OpenOptions.defaults(),
                        (drive, scheduler) -> format(drive.target(target.nameOn(drive)), format));
        if (session.json()) {
            session.json(done);
        } else if (done.dryRun()) {
            session.done("would erase " + count(done.erasedVblocks()) + " and make a block device");
        } else {
            session.done("made a block device of "
                    + Numbers.count(done.blockDevice().sectors()) + " sectors, "
                    + Numbers.bytes(done.blockDevice().capacityBytes()));
        }
        return ExitStatus.OK;
    }

    private Formatted format(Target open, BlockFormat format) throws IOException {
        int vblocks = open.vblocks().list().size();
        if (format.width() > open.vblocks().maxWidth()) {
            throw Failure.refused(
                    "--width " + format.width() + " is not in 1.."
                            + open.vblocks().maxWidth(),
                    "the target has no more LUNs");
        }
        confirmation.require(
                session,
                "erase " + count(vblocks) + " of target " + open.info().name() + " and make a block device of it");
        if (confirmation.isDryRun()) {
            return new Formatted(null, vblocks, true);
        }
        open.formatBlockDevice(format);
        try (BlockDevice device = open.openBlockDevice(BlockOptions.defaults())) {
            return new Formatted(BlockDeviceView.of(device), vblocks, false);
        }
    }

    private static String count(int vblocks) {
        return vblocks + (vblocks == 1 ? " vblock" : " vblocks");
    }
}
