package io.ocssd.cli.terminal;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C: the first one asks the command to stop at the next entry, to print what it did and to leave the device
 * consistent. Thread-safe.
 */
public final class Interrupts {
    /** How long a command may take to its next entry and to close the drive, before the process ends anyhow. */
    private static final long GRACE_SECONDS = 10;

    private final CountDownLatch commandEnded = new CountDownLatch(1);
    private volatile boolean requested;

    private Interrupts() {}

    static Interrupts ofProcess() {
        Interrupts interrupts = new Interrupts();
        // The JVM ends when its hooks have returned; this one returns when the command has.
        Runtime.getRuntime().addShutdownHook(new Thread(interrupts::stop, "ocssd-interrupt"));
        return interrupts;
    }

    /** Nobody will ask to stop. */
    public static Interrupts none() {
        return new Interrupts();
    }

    /** Someone who has asked already. */
    public static Interrupts already() {
        Interrupts interrupts = new Interrupts();
        interrupts.requested = true;
        return interrupts;
    }

    /** Whether the command should stop as soon as it can. */
    public boolean requested() {
        return requested;
    }

    /** Ends the process; after Ctrl-C with the status that it stands for. */
    public void exit(int status) {
        commandEnded.countDown();
        System.exit(status);
    }

    private void stop() {
        requested = true;
        try {
            commandEnded.await(GRACE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
