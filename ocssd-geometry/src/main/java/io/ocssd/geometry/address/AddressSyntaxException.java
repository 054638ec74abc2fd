package io.ocssd.geometry.address;

/** A text that is no address; the message says which part of it, {@link #hint()} what addresses look like. */
public final class AddressSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    AddressSyntaxException(String message, String hint) {
        super(message);
        this.hint = hint;
    }

    /** What to write instead, in one sentence. */
    public String hint() {
        return hint;
    }
}
