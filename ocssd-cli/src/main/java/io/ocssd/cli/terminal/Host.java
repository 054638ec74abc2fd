package io.ocssd.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The process that a command runs in.
 *
 * @param in standard input
 * @param out standard output; buffered, flushed by whoever runs the command
 * @param err standard error; flushed at every line
 * @param environment environment variables
 * @param terminal which of the streams are terminals
 * @param interrupts whether the user has asked to stop
 * @param launcher how the user calls the command in a shell, quoted where need be
 */
public record Host(
        InputStream in,
        PrintStream out,
        PrintStream err,
        Map<String, String> environment,
        Terminal terminal,
        Interrupts interrupts,
        String launcher) {

    /** This process. */
    public static Host ofProcess() {
        Map<String, String> environment = System.getenv();
        return new Host(
                System.in,
                ProcessStreams.stdout(),
                ProcessStreams.stderr(),
                environment,
                Terminal.detect(environment),
                Interrupts.ofProcess(),
                Launcher.name());
    }

    /** A host without terminal, for running a command inside another program. */
    public static Host of(InputStream in, PrintStream out, PrintStream err, Map<String, String> environment) {
        return new Host(in, out, err, environment, Terminal.NONE, Interrupts.none(), "ocssd");
    }
}
