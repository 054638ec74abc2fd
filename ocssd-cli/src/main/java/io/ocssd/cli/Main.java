package io.ocssd.cli;

import io.ocssd.cli.frame.ErrorReport;
import io.ocssd.cli.frame.ExitStatus;
import io.ocssd.cli.frame.Session;
import io.ocssd.cli.terminal.Host;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Map;
import picocli.CommandLine;

/** Entry of the command. */
public final class Main {
    private Main() {}

    /** Runs the command and ends the process with its exit status. */
    public static void main(String[] args) {
        Host host = Host.ofProcess();
        host.interrupts().exit(run(args, host));
    }

    /** Runs the command inside another program, without standard input, and returns the exit status. */
    public static int run(String[] args, PrintStream out, PrintStream err, Map<String, String> environment) {
        return run(args, Host.of(InputStream.nullInputStream(), out, err, environment));
    }

    /** Runs the command in a host and returns the exit status. */
    public static int run(String[] args, Host host) {
        Session session = new Session(host);
        ErrorReport errors = new ErrorReport(session);
        boolean colours = host.terminal().stdout()
                && host.environment().getOrDefault("NO_COLOR", "").isEmpty()
                && !Arrays.asList(args).contains("--no-color");
        CommandLine command = CommandTree.of(session, colours);
        command.setExecutionExceptionHandler((error, failed, parsed) -> errors.execution(error, failed));
        command.setParameterExceptionHandler((error, unread) -> errors.parameters(error));
        int status = command.execute(args);
        host.err().flush();
        // A full disk or a closed pipe is found out by the last flush, if not before.
        if (host.out().checkError() && status == ExitStatus.OK) {
            host.err().println("ocssd: stdout: the output could not be written");
            host.err().println("hint: check where stdout goes to");
            status = ExitStatus.REFUSED;
        }
        return status;
    }
}
