package io.ocssd.cli.target;

import io.ocssd.cli.frame.Numbers;
import io.ocssd.cli.frame.Session;
import java.util.Locale;

/** Targets as people read them. */
final class TargetText {
    private TargetText() {}

    /** A fraction: {@code 12.5 %}. */
    static String percent(double fraction) {
        String text = String.format(Locale.ROOT, "%.1f", 100 * fraction);
        return (text.endsWith(".0") ? text.substring(0, text.length() - 2) : text) + " %";
    }

    /** All that is known of one. */
    static void print(Session session, TargetView target, TargetUse use) {
        line(session, "target", target.name() + (target.removing() ? ", being removed" : ""));
        line(session, "id", Integer.toString(target.id()));
        line(session, "share", target.share() + ", " + Numbers.bytes(target.rawBytes()) + " of flash");
        line(
                session,
                "blocks",
                use.usable() + " usable, " + Numbers.bytes(use.usableBytes()) + ": " + use.free() + " free, "
                        + use.open() + " open, " + use.closed() + " closed; " + use.offline() + " offline");
        line(
                session,
                "overprovision",
                percent(target.overprovision()) + " of the usable blocks for garbage collection alone");
        line(
                session,
                "open blocks",
                target.openBlocks() == null ? "as many as it likes" : "at most " + target.openBlocks());
        line(
                session,
                "window",
                target.windowBytes() == null
                        ? "what each program gives it"
                        : "at most " + Numbers.bytes(target.windowBytes()));
    }

    private static void line(Session session, String name, String value) {
        session.out().println(String.format(Locale.ROOT, "%-14s %s", name, value));
    }
}
