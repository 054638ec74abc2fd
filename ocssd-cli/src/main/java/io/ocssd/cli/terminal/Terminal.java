package io.ocssd.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * What is known of the user's terminal.
 *
 * @param stdin whether standard input is one, so that the user can be asked
 * @param stdout whether standard output is one
 * @param stderr whether standard error is one
 * @param columns its width in characters
 * @param unicode whether it shows more than ASCII
 */
public record Terminal(boolean stdin, boolean stdout, boolean stderr, int columns, boolean unicode) {
    /** No stream is a terminal. */
    public static final Terminal NONE = new Terminal(false, false, false, 100, false);

    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static Terminal detect(Map<String, String> environment) {
        return new Terminal(isTerminal(0), isTerminal(1), isTerminal(2), columns(environment), isUnicode(environment));
    }

    /**
     * By the name of the file behind the descriptor, since Java's console can't tell one stream from another. Where
     * the system has no such names there are no bars and no colours.
     */
    private static boolean isTerminal(int descriptor) {
        if (!Files.exists(DESCRIPTORS)) {
            return false;
        }
        try {
            String file = Files.readSymbolicLink(DESCRIPTORS.resolve(Integer.toString(descriptor)))
                    .toString();
            return file.startsWith("/dev/pts/") || file.startsWith("/dev/tty") || file.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    private static int columns(Map<String, String> environment) {
        try {
            return Math.max(40, Integer.parseInt(environment.getOrDefault("COLUMNS", "100")));
        } catch (NumberFormatException e) {
            return 100;
        }
    }

    private static boolean isUnicode(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toLowerCase(Locale.ROOT).replace("-", "").contains("utf8");
            }
        }
        return false;
    }
}
