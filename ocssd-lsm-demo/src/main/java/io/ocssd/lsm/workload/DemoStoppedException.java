package io.ocssd.lsm.workload;

/** The listener asked a demo to stop; the drive is closed and consistent. */
public final class DemoStoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    DemoStoppedException(DemoStep step) {
        super("stopped while " + step.title());
    }
}
