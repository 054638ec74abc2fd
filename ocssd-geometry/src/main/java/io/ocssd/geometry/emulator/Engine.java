package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.error.GoneException;

/** Decides when commands take effect, and guards the media while they do. Thread-safe. */
interface Engine {
    /**
     * Takes a command over, and sets its {@link CommandSlot#dueNanos}.
     *
     * @throws GoneException when the drive is gone, or power is cut by this very command
     */
    void submit(CommandSlot slot) throws GoneException;

    /**
     * Lets every command take effect that is due by now.
     *
     * @return the time until which that is done: a slot that is due by then has its status
     * @throws GoneException when the drive is gone
     */
    long settle() throws GoneException;

    /** Throws when the drive is gone. */
    void checkThere() throws GoneException;

    /** Plans a power cut in place of the one planned before. */
    void arm(CutPlan plan);

    /**
     * Cuts the power at once: what has not completed is torn.
     *
     * @throws GoneException when the drive is gone already
     */
    void cutPower(CutPlan plan) throws GoneException;

    /** Whether the drive is there. */
    Presence presence();

    BlockReport report() throws GoneException;

    /** Works on a drive that is gone, too. */
    DeviceCounters counters();

    /** Completes what is under way, unless power was cut before, and lets go of the image. Idempotent. */
    void close();
}
