package io.ocssd.geometry.emulator;

import io.ocssd.error.GoneException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.OptionalInt;

/**
 * Whether a drive is there, and if not, why. Thread-safe; the first reason stays.
 *
 * <p>To find it there costs a load and keeps nothing behind it from being moved or remembered: whoever must see that the drive
 * has gone holds a lock that was held when it went, or was told by other means.
 */
final class Presence {
    private static final VarHandle REASON;

    static {
        try {
            REASON = MethodHandles.lookup().findVarHandle(Presence.class, "reason", Reason.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final String HINT = "open the device again";

    /** Made anew for everyone who is told, so that each has a stack of his own. */
    private interface Reason {
        GoneException asException();
    }

    private static final Reason CLOSED = () -> new GoneException("the device was closed", HINT);

    private volatile Reason reason;
    /** Set before {@link #reason}. */
    private OptionalInt inFlightAtCut = OptionalInt.empty();

    boolean isGone() {
        return reason != null;
    }

    /** Throws when the drive is gone. */
    void check() throws GoneException {
        if (REASON.getOpaque(this) != null) {
            throw reason.asException();
        }
    }

    void close() {
        go(CLOSED);
    }

    /**
     * Power is cut.
     *
     * @param inFlight commands under way at that moment, the one that met it included
     */
    synchronized void cut(CutPlan plan, int inFlight) {
        if (reason == null) {
            inFlightAtCut = OptionalInt.of(inFlight);
            String sentence = plan.sentence(inFlight);
            reason = () -> new GoneException(sentence, HINT, inFlight);
        }
    }

    /** The image can't be made durable any more; nothing that it is told is to be believed. */
    void fail(String sentence, Throwable cause) {
        go(() -> {
            GoneException gone = new GoneException(sentence, "look at the file system, then open the device again");
            gone.initCause(cause);
            return gone;
        });
    }

    /** Commands under way when power was cut; empty when it was not. */
    OptionalInt inFlightAtCut() {
        return isGone() ? inFlightAtCut : OptionalInt.empty();
    }

    private synchronized void go(Reason why) {
        if (reason == null) {
            reason = why;
        }
    }
}
