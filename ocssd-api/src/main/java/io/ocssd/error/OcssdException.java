package io.ocssd.error;

import java.io.IOException;

/** Root of all operating errors of the library; {@link #hint()} says what the reader can do about it. */
public class OcssdException extends IOException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    /**
     * Makes an error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public OcssdException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /**
     * Makes an error with a cause.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     * @param cause what it came from
     */
    public OcssdException(String message, String hint, Throwable cause) {
        super(message, cause);
        this.hint = hint;
    }

    /** What to do about it, in one sentence; empty when there is nothing to advise. */
    public String hint() {
        return hint;
    }
}
