package io.ocssd.cli.frame;

/** Ends a verb with an exit status, a sentence and a hint. */
public final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String hint;

    private Failure(int status, String message, String hint, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.hint = hint;
    }

    /** The user called it wrongly. */
    public static Failure usage(String message, String hint) {
        return new Failure(ExitStatus.USAGE, message, hint, null);
    }

    /** The user called it wrongly, and the library found out. */
    public static Failure usage(String message, String hint, Throwable cause) {
        return new Failure(ExitStatus.USAGE, message, hint, cause);
    }

    /** The device or the data said no. */
    public static Failure refused(String message, String hint) {
        return new Failure(ExitStatus.REFUSED, message, hint, null);
    }

    /** Exit status. */
    public int status() {
        return status;
    }

    /** What to do about it, in one sentence; may be empty. */
    public String hint() {
        return hint;
    }
}
