package io.ocssd.cli.vblock;

import picocli.CommandLine.Command;

/** {@code ocssd vblock}. */
@Command(
        name = "vblock",
        description = {
            "Read, write and erase the append-only virtual blocks of a target.",
            "A vblock is written by the program that made it, and by no other: what is found on a drive is closed, and is read,"
                    + " copied and erased as a whole. Opening a target pads and closes what a stopped writer left open."
        },
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img vblock write --input data.bin --width 4",
            "  ocssd -d emu:drive.img vblock list --target logs",
            "  ocssd -d emu:drive.img vblock read 0x100000001 --offset 4096 --length 1M --output part.bin",
            "  ocssd -d emu:drive.img vblock erase 0x100000001"
        })
public final class VblockCommand {}
