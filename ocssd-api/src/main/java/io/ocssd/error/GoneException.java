package io.ocssd.error;

import java.util.OptionalInt;

/** The device is not there any more (power cut, unplugged, closed under the caller): no further call on it succeeds. */
public final class GoneException extends OcssdException {
    private static final long serialVersionUID = 1L;

    private static final int UNKNOWN = -1;

    /** Commands under way when the device went, or {@link #UNKNOWN}. */
    private final int commandsInFlight;

    /**
     * Makes the error of a device that does not tell what was under way.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     */
    public GoneException(String message, String hint) {
        super(message, hint);
        this.commandsInFlight = UNKNOWN;
    }

    /**
     * Makes the error of a device that tells what was under way.
     *
     * @param message what was wrong, in one sentence
     * @param hint what to do about it, in one sentence; empty when there is nothing to advise
     * @param commandsInFlight commands that had been submitted to the device and had not completed when it went, 0 or more
     */
    public GoneException(String message, String hint, int commandsInFlight) {
        super(message, hint);
        if (commandsInFlight < 0) {
            throw new IllegalArgumentException("commandsInFlight=" + commandsInFlight);
        }
        this.commandsInFlight = commandsInFlight;
    }

    /**
     * Makes the same error with another sentence: what this one means to someone further up. The cause is this one.
     *
     * @param newMessage what was wrong, in one sentence
     */
    public GoneException withMessage(String newMessage) {
        GoneException other = commandsInFlight == UNKNOWN
                ? new GoneException(newMessage, hint())
                : new GoneException(newMessage, hint(), commandsInFlight);
        other.initCause(this);
        return other;
    }

    /**
     * Commands that had been submitted to the device and had not completed when it went; the one during which it went is one
     * of them. Empty when the device does not tell, as real ones do not.
     */
    public OptionalInt commandsInFlight() {
        return commandsInFlight == UNKNOWN ? OptionalInt.empty() : OptionalInt.of(commandsInFlight);
    }
}
