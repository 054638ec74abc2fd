package io.ocssd.error;

/** There is no such image, device, target or vblock. */
public final class NotFoundException extends OcssdException {
    private static final long serialVersionUID = 1L;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public NotFoundException(String message, String hint) {
        super(message, hint);
    }
}
