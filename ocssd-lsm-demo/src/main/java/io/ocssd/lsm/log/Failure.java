package io.ocssd.lsm.log;

import io.ocssd.error.CorruptException;
import io.ocssd.error.GoneException;
import io.ocssd.error.OcssdException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicReference;

/** The first failure that ended a store's writing, kept for everybody who calls afterwards. Thread-safe. */
public final class Failure {
    private final AtomicReference<Exception> first = new AtomicReference<>();

    private final Runnable happened;

    /**
     * A store that has not failed.
     *
     * @param happened is called after the first failure was kept, to wake whoever waits
     */
    public Failure(Runnable happened) {
        this.happened = happened;
    }

    /** Keeps a failure if it is the first one. */
    public void set(Exception failure) {
        if (first.compareAndSet(null, failure)) {
            happened.run();
        }
    }

    /** Whether there was one. */
    public boolean isSet() {
        return first.get() != null;
    }

    /** Whether the device is gone. */
    public boolean isGone() {
        return first.get() instanceof GoneException;
    }

    /** Throws the failure, if there was one, as an exception of its own with the first one as its cause. */
    public void check() throws IOException {
        Exception cause = first.get();
        if (cause == null) {
            return;
        }
        String message = "the store stopped: " + cause.getMessage();
        if (cause instanceof GoneException gone) {
            throw gone.withMessage(message);
        }
        OcssdException thrown;
        if (cause instanceof CorruptException corrupt) {
            thrown = new CorruptException(message, corrupt.hint());
        } else {
            thrown = new OcssdException(message, "close the store and open it again");
        }
        thrown.initCause(cause);
        throw thrown;
    }
}
