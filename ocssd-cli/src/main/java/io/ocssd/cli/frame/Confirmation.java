package io.ocssd.cli.frame;

import io.ocssd.cli.terminal.Host;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine.Option;

/** Sees to it that the user wants what can't be undone: asks on a terminal, and takes {@code --yes} elsewhere. */
public final class Confirmation {
    @Option(
            names = {"-y", "--yes"},
            description = "Do it without asking.")
    private boolean yes;

    @Option(names = "--dry-run", description = "Say what would be done, and do nothing.")
    private boolean dryRun;

    /** Not confirmed yet; filled by picocli. */
    public Confirmation() {}

    /** Whether nothing shall be done. */
    public boolean isDryRun() {
        return dryRun;
    }

    /**
     * Returns when the user wants it.
     *
     * @param what it is, after "this would"
     * @throws Failure when the user does not, or can't be asked
     */
    public void require(Session session, String what) throws IOException {
        if (yes || dryRun) {
            return;
        }
        Host host = session.host();
        if (!host.terminal().stdin() || !host.terminal().stderr()) {
            throw Failure.usage("this would " + what, "add --yes to do it, or --dry-run to see more");
        }
        host.err().print("This will " + what + ". Go on? [y/N] ");
        host.err().flush();
        String answer = line(host.in()).strip().toLowerCase(Locale.ROOT);
        if (!answer.equals("y") && !answer.equals("yes")) {
            throw Failure.refused("nothing was done", "answer y to go on, or add --yes");
        }
    }

    /** Up to the end of the line and not further: what comes after belongs to others. */
    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        byte[] one = new byte[1];
        while (in.read(one) > 0 && one[0] != '\n') {
            line.append(new String(one, StandardCharsets.ISO_8859_1));
        }
        return line.toString();
    }
}
