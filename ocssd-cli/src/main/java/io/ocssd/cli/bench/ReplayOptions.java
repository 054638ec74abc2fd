package io.ocssd.cli.bench;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import io.ocssd.geometry.decorator.trace.TraceHeader;
import picocli.CommandLine.Option;

/** On which drive a trace is replayed, and in which time. */
final class ReplayOptions {
    private static final String CLOCK = "clock";

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description =
                    "Without -d: whose flash the drive has, see ocssd device profiles. Default: that of the recorded"
                            + " drive, as far as the trace tells, else small.")
    private String profile;

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            description =
                    "virtual: in the drive's own time; real: in the host's. Default: virtual without -d, else what the"
                            + " URI says.")
    private DriveOptions.Clock clock;

    /** The drive: that of {@code -d}, or one of the replay's own. */
    DeviceUri uri(Session session, Devices devices, TraceHeader header) {
        if (session.device().isEmpty()) {
            String its = (clock == null ? DriveOptions.Clock.virtual : clock).name();
            ReplayDrive drive = ReplayDrive.of(header, profile, its);
            drive.notes().forEach(session::note);
            return drive.uri();
        }
        if (profile != null) {
            throw Failure.usage(
                    "--profile is for a drive of the replay's own, but -d names one", "give one of them only");
        }
        DeviceUri uri = devices.chosen();
        if (clock == null) {
            return uri;
        }
        if (uri.parameters().containsKey(CLOCK)) {
            throw Failure.usage("--clock and clock= in the URI say the same thing", "give one of them only");
        }
        return uri.with(CLOCK, clock.name());
    }
}
