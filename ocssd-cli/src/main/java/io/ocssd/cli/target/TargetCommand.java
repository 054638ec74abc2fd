package io.ocssd.cli.target;

import picocli.CommandLine.Command;

/** {@code ocssd target}. */
@Command(
        name = "target",
        description = "Provision a drive to applications.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img target create kv",
            "  ocssd -d emu:drive.img target create logs --luns 0-3",
            "  ocssd -d emu:drive.img target list",
            "  ocssd -d emu:drive.img target resize logs --lun-count 6",
            "  ocssd -d emu:drive.img target remove logs"
        })
public final class TargetCommand {}
