package io.ocssd.cli.kv;

import picocli.CommandLine.Command;

/** {@code ocssd kv}. */
@Command(
        name = "kv",
        description = "A key-value store that places its own data.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = {
            "  ocssd -d emu:drive.img kv put greeting 'hello, flash'",
            "  ocssd -d emu:drive.img kv get greeting",
            "  ocssd -d emu:drive.img kv load /usr/share/doc --prefix doc/",
            "  ocssd -d emu:drive.img kv scan doc/ --limit 10",
            "  ocssd -d emu:drive.img kv check"
        })
public final class KvCommand {}
