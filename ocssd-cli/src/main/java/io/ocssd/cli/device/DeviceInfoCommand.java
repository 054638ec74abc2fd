package io.ocssd.cli.device;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code ocssd device info}. */
@Command(
        name = "info",
        description = "Show identity, geometry, limits, timings, durability, block states and counters.",
        footerHeading = "%nExamples:%n",
        footer = {"  ocssd -d emu:drive.img device info", "  ocssd -d emu:drive.img device info --json"})
public final class DeviceInfoCommand implements Callable<Integer> {
    private final Session session;

    /** The verb in this session. */
    public DeviceInfoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        DeviceView view = new Devices(session).withDevice((device, scheduler) -> DeviceView.of(device));
        if (session.json()) {
            session.json(view);
        } else {
            new DeviceText(session.out()).print(view);
        }
        return ExitStatus.OK;
    }
}
