package io.ocssd.cli;

import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ocssd completion bash}. */
@Command(
        name = "bash",
        description = "Print a script that makes bash complete nouns, verbs and options.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(ocssd completion bash)",
            "  ocssd completion bash > ~/.local/share/bash-completion/completions/ocssd"
        })
final class CompletionBashCommand implements Callable<Integer> {
    private final Session session;

    @Spec
    private CommandSpec spec;

    CompletionBashCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        String script = AutoComplete.bash("ocssd", spec.root().commandLine());
        if (session.json()) {
            session.json(new Script("bash", script));
        } else {
            session.out().print(script);
        }
        return ExitStatus.OK;
    }

    private record Script(String shell, String script) {}
}
