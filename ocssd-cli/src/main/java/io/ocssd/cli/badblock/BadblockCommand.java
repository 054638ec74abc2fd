package io.ocssd.cli.badblock;

import picocli.CommandLine.Command;

/** {@code ocssd badblock}. */
@Command(
        name = "badblock",
        description = "Show the blocks of a drive that are out of use, and take others out of use.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = "  ocssd -d emu:drive.img badblock list")
public final class BadblockCommand {}
