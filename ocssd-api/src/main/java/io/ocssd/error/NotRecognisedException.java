package io.ocssd.error;

/** What was opened is not what the scheme expects (for example a file that is no drive image); it was not changed. */
public final class NotRecognisedException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public NotRecognisedException(String message, String hint) {
        super(message, hint);
    }
}
