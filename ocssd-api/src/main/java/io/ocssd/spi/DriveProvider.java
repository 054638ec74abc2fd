package io.ocssd.spi;

import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.io.IOException;

/** Puts labels and targets on a device. */
public interface DriveProvider {
    /**
     * Reads the label of a device.
     *
     * @param device is owned by the drive from now on, and closed with it; it stays the caller's when this throws
     */
    Drive open(FlashDevice device, Scheduler scheduler, OpenOptions options) throws IOException;
}
