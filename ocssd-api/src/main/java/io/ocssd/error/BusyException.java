package io.ocssd.error;

import java.util.OptionalLong;

/** The drive, image or name is in use by another owner; the message says by whom. */
public final class BusyException extends OcssdException {
    private static final long serialVersionUID = 1L;

    private final long process;

    /**
     * Makes the error.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public BusyException(String message, String hint) {
        this(message, hint, -1);
    }

    /**
     * Makes the error where another process is the owner.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     * @param process id of the owner; -1 when it is not known, or no other process
     */
    public BusyException(String message, String hint, long process) {
        super(message, hint);
        this.process = process;
    }

    /** Id of the process that is the owner; empty when it is not known, or no other process. */
    public OptionalLong process() {
        return process < 0 ? OptionalLong.empty() : OptionalLong.of(process);
    }
}
