package io.ocssd.cli.terminal;

import java.util.regex.Pattern;

/** Words for a shell. */
public final class Shell {
    private static final Pattern HARMLESS = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private Shell() {}

    /** The word, in single quotes when the shell would make something else of it. */
    public static String quote(String word) {
        return HARMLESS.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
