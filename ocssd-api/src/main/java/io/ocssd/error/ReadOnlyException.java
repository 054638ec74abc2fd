package io.ocssd.error;

/** Something would have been written to a drive that was opened read-only; nothing was. */
public final class ReadOnlyException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public ReadOnlyException(String message, String hint) {
        super(message, hint);
    }
}
