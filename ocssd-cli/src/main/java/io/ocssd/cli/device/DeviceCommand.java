package io.ocssd.cli.device;

import picocli.CommandLine.Command;

/** {@code ocssd device}. */
@Command(
        name = "device",
        description = "Make emulated drives, look at drives.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd device create emu:drive.img --profile small",
            "  ocssd device list",
            "  ocssd -d emu:drive.img device info",
            "  ocssd -d emu:drive.img device report --state open"
        })
public final class DeviceCommand {}
