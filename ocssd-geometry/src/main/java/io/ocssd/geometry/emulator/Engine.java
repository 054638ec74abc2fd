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

    BlockReport report() throws GoneException;

    /** Works on a drive that is gone, too. */
    DeviceCounters counters();

    /** Completes what is under way, unless power was cut before, and lets go of the image. Idempotent. */
    void close();
}
