package io.ocssd.cli.bench;

import io.ocssd.cli.frame.Devices;
import io.ocssd.cli.frame.Failure;
import io.ocssd.cli.frame.Session;
import io.ocssd.device.DeviceUri;
import picocli.CommandLine.Option;

/** Which drive a benchmark is on, and in which time. */
final class DriveOptions {
    private static final String CLOCK = "clock";

    /** Of which time. */
    enum Clock {
        /** Of the host. */
        real,
        /** Of the drive. */
        virtual
    }

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Without -d: which emulated drive, see ocssd device profiles. Default: small.")
    private String profile;

    @Option(
            names = "--clock",
            paramLabel = "CLOCK",
            description =
                    "virtual: in the drive's own time; real: as fast as the host. Default: virtual without -d, else"
                            + " what the URI says.")
    private Clock clock;

    private boolean own;

    /** Whether the drive was made for the benchmark and is thrown away. */
    boolean isOwn() {
        return own;
    }

    /** The drive: that of {@code -d}, or one of the benchmark's own. */
    DeviceUri uri(Session session, Devices devices, long seed) {
        own = session.device().isEmpty();
        if (own) {
            DeviceUri uri = DeviceUri.parse("mem:")
                    .with(CLOCK, (clock == null ? Clock.virtual : clock).name())
                    .with("payload", "off")
                    .with("seed", Long.toString(seed));
            return profile == null ? uri : uri.with("profile", profile);
        }
        if (profile != null) {
            throw Failure.usage(
                    "--profile is for a drive of the benchmark's own, but -d names one", "give one of them only");
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
