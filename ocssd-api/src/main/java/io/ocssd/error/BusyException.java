package io.ocssd.error;

/** The drive, image or name is in use by another owner; the message says by whom. */
public final class BusyException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public BusyException(String message, String hint) {
        super(message, hint);
    }
}
