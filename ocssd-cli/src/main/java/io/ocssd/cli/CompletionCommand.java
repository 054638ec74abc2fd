package io.ocssd.cli;

import picocli.CommandLine.Command;

/** {@code ocssd completion}. */
@Command(
        name = "completion",
        description = "Completion for a shell.",
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExamples:%n",
        footer = "  source <(ocssd completion bash)")
final class CompletionCommand {}
