package io.ocssd.cli.io;

import picocli.CommandLine.Command;

/** {@code ocssd io}. */
@Command(
        name = "io",
        description = "Send single commands to a device, and show what it answers.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img io read ch=0,lun=1,blk=7 --count 8 --dump",
            "  ocssd -d emu:drive.img io write ch=0,lun=1,blk=7 --input data.bin",
            "  ocssd -d emu:drive.img io erase ch=0-3,lun=1,blk=7 --yes"
        })
public final class IoNounCommand {}
