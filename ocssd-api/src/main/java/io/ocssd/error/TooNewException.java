package io.ocssd.error;

/** A layout was written by a version newer than this one understands. */
public final class TooNewException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public TooNewException(String message, String hint) {
        super(message, hint);
    }
}
