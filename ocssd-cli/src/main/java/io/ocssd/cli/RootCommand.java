package io.ocssd.cli;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.GlobalOptions;
import io.ocssd.cli.frame.Session;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code ocssd} itself. */
@Command(
        name = "ocssd",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        version = "ocssd 0.1.0-SNAPSHOT",
        description = "Log-structured data straight on Open-Channel SSDs.",
        synopsisSubcommandLabel = "NOUN VERB",
        optionListHeading = "%nOptions:%n",
        parameterListHeading = "%nArguments:%n",
        commandListHeading = "%nCommands:%n",
        abbreviateSynopsis = true)
final class RootCommand implements Callable<Integer> {
    private final Session session;

    @Mixin
    @SuppressWarnings("UnusedVariable") // filled by picocli, read through the session
    private final GlobalOptions options;

    @Spec
    private CommandSpec spec;

    RootCommand(Session session) {
        this.session = session;
        this.options = session.options();
    }

    /** Without a noun: all that there is, on stderr, since nothing was done. */
    @Override
    public Integer call() {
        CommandLine command = spec.commandLine();
        session.err().print(command.getUsageMessage(command.getColorScheme()));
        return ExitStatus.USAGE;
    }
}
