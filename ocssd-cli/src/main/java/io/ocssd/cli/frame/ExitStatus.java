package io.ocssd.cli.frame;

/** Exit statuses of the command. */
public final class ExitStatus {
    /** Done. */
    public static final int OK = 0;
    /** The device or the data said no. */
    public static final int REFUSED = 1;
    /** Wrong usage: what can be told without looking at the device. */
    public static final int USAGE = 2;
    /** A check found damage. */
    public static final int DAMAGE = 3;

    private ExitStatus() {}
}
