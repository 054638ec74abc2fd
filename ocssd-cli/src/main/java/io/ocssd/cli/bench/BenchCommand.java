package io.ocssd.cli.bench;

import picocli.CommandLine.Command;

/** {@code ocssd bench}. */
@Command(
        name = "bench",
        description = "Put a load on something, and measure it.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd bench device",
            "  ocssd bench device --pattern seqwrite --luns 0-3 --duration 2s",
            "  ocssd -d emu:drive.img bench device --pattern randread --queue-depth 32 --json",
            "  ocssd bench ftl --policy greedy --overprovision 0.28"
        })
public final class BenchCommand {}
