package io.ocssd.error;

/** The device is not there any more (power cut, unplugged, closed under the caller): no further call on it succeeds. */
public final class GoneException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public GoneException(String message, String hint) {
        super(message, hint);
    }
}
