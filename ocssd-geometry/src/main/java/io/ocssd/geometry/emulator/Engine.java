package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.device.IoQueue;
import io.ocssd.error.GoneException;

/** Decides when commands take effect, and guards the media while they do. Thread-safe. */
interface Engine {
    /**
     * A new way in.
     *
     * @throws GoneException when the drive is gone
     */
    IoQueue openQueue(int depth) throws GoneException;

    /** Plans a power cut in place of the one planned before. */
    void arm(CutPlan plan);

    /**
     * Cuts the power at once: what has not completed is torn.
     *
     * @throws GoneException when the drive is gone already
     */
    void cutPower(CutPlan plan) throws GoneException;

    /** Whether {@link #commit} does anything. */
    boolean commits();

    /**
     * Makes durable what has taken effect so far, to the degree that was asked for; before a completion is told.
     *
     * @throws GoneException when the drive is gone, or has just gone because the image can't be made durable
     */
    void commit() throws GoneException;

    /** Whether the drive is there. */
    Presence presence();

    /** Throws when the drive is gone. */
    void checkThere() throws GoneException;

    BlockReport report() throws GoneException;

    /** Works on a drive that is gone, too. */
    DeviceCounters counters();

    /**
     * What was counted by now, for any thread: in virtual time the drive does not move on for it. LUNs are not told of.
     */
    DeviceCounters countersSoFar();

    /** Completes what is under way, unless power was cut before, and lets go of the image. Idempotent. */
    void close();
}
