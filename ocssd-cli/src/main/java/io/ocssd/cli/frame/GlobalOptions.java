package io.ocssd.cli.frame;

import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The options that every noun and verb takes. */
public final class GlobalOptions {
    @Option(
            names = {"-d", "--device"},
            paramLabel = "URI",
            scope = ScopeType.INHERIT,
            description = "Which device, for example emu:drive.img; or set OCSSD_DEVICE.")
    String device;

    @Option(
            names = "--force",
            scope = ScopeType.INHERIT,
            description = "Open a real drive even if it has partitions or the marks of another owner.")
    boolean force;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print one JSON document on stdout, nothing else.")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "Say less.")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Say more: every command of the device, on stderr, and the stack trace of an error.")
    boolean verbose;

    @Option(names = "--no-color", scope = ScopeType.INHERIT, description = "No ANSI codes; or set NO_COLOR.")
    boolean noColor;
}
