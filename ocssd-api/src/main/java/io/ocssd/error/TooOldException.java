package io.ocssd.error;

/** A layout was written by a version older than this one understands. */
public final class TooOldException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public TooOldException(String message, String hint) {
        super(message, hint);
    }
}
