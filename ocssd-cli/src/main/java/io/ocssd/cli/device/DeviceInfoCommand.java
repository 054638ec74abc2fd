package io.ocssd.cli.device;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ocssd device info}. */
@Command(
        name = "info",
        description = "Show identity, geometry, limits, timings, durability, block states and counters.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img device info",
            "  ocssd -d emu:drive.img device info --json",
            "  ocssd -d emu:drive.img device info --raw"
        })
public final class DeviceInfoCommand implements Callable<Integer> {
    private final Session session;

    @Option(
            names = "--raw",
            description = "Show the pages that the device gives instead, as bytes; with --json, as Base64.")
    private boolean raw;

    /** The verb in this session. */
    public DeviceInfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (raw) {
            RawPages pages = new Devices(session).withDevice((device, scheduler) -> RawPages.of(device));
            if (session.json()) {
                session.json(pages.view());
            } else {
                pages.print(session.out());
            }
            return ExitStatus.OK;
        }
        DeviceView view = new Devices(session).withDevice((device, scheduler) -> DeviceView.of(device));
        if (session.json()) {
            session.json(view);
        } else {
            new DeviceText(session.out()).print(view);
        }
        return ExitStatus.OK;
    }
}
