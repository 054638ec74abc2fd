package io.ocssd.cli.terminal;

/** Colours of a terminal, as ANSI background or foreground codes. */
public enum Colour {
    /** Foreground of good news. */
    GREEN("32"),
    /** Foreground of bad news. */
    RED("31"),
    /** Foreground of what stands out. */
    BOLD("1"),
    /** Foreground of what stays behind. */
    FAINT("2"),
    /** Black on green. */
    ON_GREEN("30;42"),
    /** Black on yellow. */
    ON_YELLOW("30;43"),
    /** White on blue. */
    ON_BLUE("37;44"),
    /** White on red. */
    ON_RED("37;41");

    private final String code;

    Colour(String code) {
        this.code = code;
    }

    /** The text in this colour, if there are colours. */
    public String paint(String text, boolean colours) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
