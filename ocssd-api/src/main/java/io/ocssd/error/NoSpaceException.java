package io.ocssd.error;

/** No erased or erasable block is left for what was asked; nothing was changed, and what is stored stays readable. */
public final class NoSpaceException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public NoSpaceException(String message, String hint) {
        super(message, hint);
    }
}
