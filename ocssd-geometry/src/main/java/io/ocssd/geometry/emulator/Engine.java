package io.ocssd.geometry.emulator;

import io.ocssd.device.BlockReport;
import io.ocssd.device.DeviceCounters;
import io.ocssd.error.GoneException;

/** Decides when commands take effect, and guards the media while they do. Thread-safe. */
interface Engine {
    /** The engine's side of a new queue. */
    Port openPort(int depth);

    /**
     * Takes a command over.
     *
     * @return whether it has completed within this call, at its {@link CommandSlot#dueNanos}; otherwise the port says when
     *     it has
     * @throws GoneException when the drive is gone, or power is cut by this very command
     */
    boolean submit(CommandSlot slot, Port port) throws GoneException;

    /**
     * Lets every command take effect that is due by now.
     *
     * @return the time until which that is done; what of this port has completed by then, and perhaps more, can be collected
     * @throws GoneException when the drive is gone
     */
    long settle(Port port) throws GoneException;

    /**
     * No further command of a port completes before this time, which is later than that of the last {@link #settle}, unless
     * another is submitted; {@link Long#MAX_VALUE} when none is under way.
     */
    long wakeNanos(Port port);

    /** Throws when the drive is gone. */
    void checkThere() throws GoneException;

    BlockReport report() throws GoneException;

    /** Works on a drive that is gone, too. */
    DeviceCounters counters();

    /** Completes what is under way, unless power was cut before, and lets go of the image. Idempotent. */
    void close();
}
