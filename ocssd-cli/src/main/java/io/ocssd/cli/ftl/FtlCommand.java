package io.ocssd.cli.ftl;

import picocli.CommandLine.Command;

/** {@code ocssd ftl}. */
@Command(
        name = "ftl",
        description = {
            "A block device over a target: sectors of 4 KiB that can be overwritten in any order.",
            "It has the target to itself. Opening it recovers what a stopped writer left: what was flushed is there."
        },
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img ftl format --overprovision 0.28 --yes",
            "  ocssd -d emu:drive.img ftl write --sector 100 --input data.bin",
            "  ocssd -d emu:drive.img ftl read --sector 100 --count 8 --output part.bin"
        })
public final class FtlCommand {}
