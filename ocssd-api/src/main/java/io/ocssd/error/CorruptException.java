package io.ocssd.error;

/** Stored bytes fail their check and no good copy is left; the message names the place. */
public final class CorruptException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public CorruptException(String message, String hint) {
        super(message, hint);
    }
}
