package io.ocssd.cli.address;

import picocli.CommandLine.Command;

/** {@code ocssd address}. */
@Command(
        name = "address",
        description = "Convert addresses.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img address convert --to device ch=1,lun=0,blk=7",
            "  ocssd address convert --to fields --from device --geometry page.bin 0x900000a"
        })
public final class AddressCommand {}
