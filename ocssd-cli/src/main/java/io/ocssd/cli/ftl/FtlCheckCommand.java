package io.ocssd.cli.ftl;

import io.ocssd.block.BlockDevice;
import io.ocssd.block.BlockOptions;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.frame.TargetOption;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.error.CorruptException;
import io.ocssd.error.DeviceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code ocssd ftl check}. */
@Command(
        name = "check",
        description = {
            "Check that map and units fit together, and that every sector can be read; the exit status is 3 when not.",
            "The content of sectors is the user's, and not checked."
        },
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img ftl check")
public final class FtlCheckCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    private TargetOption target = new TargetOption();

    /** The verb in this session. */
    public FtlCheckCommand(Session session) {
        this.session = session;
    }

    /** What was found, as JSON has it. */
    private record Checked(boolean clean, List<String> findings, long sectors, boolean complete) {}

    @Override
    public Integer call() throws Exception {
        Checked checked;
        try {
            checked = OpenedBlockDevice.with(session, target, BlockOptions.defaults(), this::check);
        } catch (CorruptException e) {
            // Too damaged to be opened: for a check that is a finding, not an error.
            checked = new Checked(false, List.of(e.getMessage()), 0, true);
        }
        if (session.json()) {
            session.json(checked);
        } else {
            checked.findings().forEach(session.out()::println);
            session.done("checked " + Numbers.count(checked.sectors()) + " sectors: "
                    + (checked.clean()
                            ? "no damage"
                            : checked.findings().size() == 1
                                    ? "1 finding"
                                    : Numbers.count(checked.findings().size()) + " findings"));
        }
        if (!checked.clean()) {
            return ExitStatus.DAMAGE;
        }
        return checked.complete() ? ExitStatus.OK : ExitStatus.REFUSED;
    }

    private Checked check(BlockDevice device) throws IOException {
        List<String> findings = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.allocate(BlockDevice.SECTOR_BYTES);
        long sector = 0;
        try (Meter meter = session.meter("checking", device.sectors(), "sectors")) {
            while (sector < device.sectors() && !session.interrupted()) {
                try {
                    device.read(sector, bytes.clear());
                } catch (DeviceException e) {
                    findings.add("sector " + sector + ": " + e.getMessage());
                }
                sector++;
                meter.to(sector);
            }
        }
        if (sector < device.sectors()) {
            session.note("stopped after " + sector + " of " + device.sectors() + " sectors");
        }
        return new Checked(findings.isEmpty(), findings, sector, sector == device.sectors());
    }
}
