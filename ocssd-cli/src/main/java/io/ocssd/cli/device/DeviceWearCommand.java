package io.ocssd.cli.device;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.OutputFiles;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.BlockReport;
import io.ocssd.device.FlashDevice;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ocssd device wear}. */
@Command(
        name = "wear",
        description = "Show a heat map of erase counts, and states and bad blocks.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img device wear",
            "  ocssd -d emu:drive.img device wear --svg wear.svg",
            "  ocssd -d emu:drive.img device wear --json"
        })
public final class DeviceWearCommand implements Callable<Integer> {
    private final Session session;

    @Option(names = "--svg", paramLabel = "FILE", description = "Draw the map as an SVG picture too; - is stdout.")
    private String svg;

    /** The verb in this session. */
    public DeviceWearCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        boolean toStdout = "-".equals(svg);
        if (toStdout && session.json()) {
            throw Failure.usage("--svg - and --json both want stdout", "give --svg a file, or leave --json away");
        }
        if (svg != null && !toStdout) {
            OutputFiles.check(session, svg);
        }
        Found found = new Devices(session).withDevice((device, scheduler) -> Found.of(device));
        String picture = svg == null ? null : new WearSvg(found.title(), found.report()).draw();
        if (toStdout) {
            session.out().print(picture);
            return ExitStatus.OK;
        }
        if (picture != null) {
            Files.write(Path.of(svg), picture.getBytes(StandardCharsets.UTF_8));
        }
        if (session.json()) {
            session.json(WearView.of(found.report()));
        } else if (picture != null) {
            session.done("drew " + svg);
        } else {
            int columns = session.host().terminal().columns();
            new WearText(session.out(), session.colours(), columns, found.report()).print();
        }
        return ExitStatus.OK;
    }

    private record Found(String title, BlockReport report) {
        static Found of(FlashDevice device) throws Exception {
            return new Found(
                    "Wear of " + device.info().model() + ", serial "
                            + device.info().serial(),
                    device.report());
        }
    }
}
