package io.ocssd.cli.frame;

import io.ocssd.cli.terminal.Host;
import io.ocssd.cli.terminal.Meter;
import io.ocssd.cli.terminal.ProgressBars;
import java.io.PrintStream;
import java.util.Optional;

/** One run of the command: its host, its global options and its ways to speak. */
public final class Session {
    private final Host host;
    private final GlobalOptions options = new GlobalOptions();

    /** A run in this host. */
    public Session(Host host) {
        this.host = host;
    }

    /** The process. */
    public Host host() {
        return host;
    }

    /** The global options; filled once the arguments were read. */
    public GlobalOptions options() {
        return options;
    }

    /** Where results go. */
    public PrintStream out() {
        return host.out();
    }

    /** Where everything else goes. */
    public PrintStream err() {
        return host.err();
    }

    /** Whether to open a drive that bears the marks of another owner. */
    public boolean force() {
        return options.force;
    }

    /** Whether the result is one JSON document. */
    public boolean json() {
        return options.json;
    }

    /** Whether to say less. */
    public boolean quiet() {
        return options.quiet;
    }

    /** Whether to say more. */
    public boolean verbose() {
        return options.verbose;
    }

    /** Whether the user has asked to stop, or nobody reads the output any more. */
    public boolean interrupted() {
        return host.interrupts().requested();
    }

    /** Whether results may be coloured. */
    public boolean colours() {
        return host.terminal().stdout()
                && !options.noColor
                && host.environment().getOrDefault("NO_COLOR", "").isEmpty();
    }

    /** What {@code -d} or {@code OCSSD_DEVICE} says. */
    public Optional<String> device() {
        String device =
                options.device != null ? options.device : host.environment().get("OCSSD_DEVICE");
        return Optional.ofNullable(device).filter(text -> !text.isEmpty());
    }

    /** Prints a JSON document as the result. */
    public void json(Object document) {
        Json.print(host.out(), document);
    }

    /** Says that something was done; not with {@code --json}, which says it itself, and not with {@code -q}. */
    public void done(String sentence) {
        if (!json() && !quiet()) {
            host.out().println(sentence);
        }
    }

    /** Tells the user something that should not be missed. */
    public void note(String sentence) {
        host.err().println("ocssd: note: " + sentence);
    }

    /** Shows a command that a device has completed. */
    void command(String line) {
        host.err().println("ocssd: command: " + line.strip());
    }

    /** A progress bar on stderr, if that is a terminal. */
    public Meter meter(String task, long total, String unit) {
        return host.terminal().stderr() && !quiet()
                ? ProgressBars.open(host.err(), host.terminal(), task, total, unit)
                : Meter.SILENT;
    }
}
