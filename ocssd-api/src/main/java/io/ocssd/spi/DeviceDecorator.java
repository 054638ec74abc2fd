package io.ocssd.spi;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;

/**
 * Wraps devices of any kind: {@code name+scheme:path}.
 *
 * <p>The parameters of the URI whose names are the decorator's, or begin with its name and a dot, are its own; the others
 * are for what it wraps.
 */
public interface DeviceDecorator {
    /** What stands in front of the plus sign, lower case. */
    String name();

    /**
     * Wraps a device.
     *
     * @param inner is closed with the decorated device; it stays the caller's when this throws
     * @param uri the whole URI, with the decorator's own parameters only
     * @throws IllegalArgumentException when a parameter is unknown or wrong; the message names it and what is possible
     */
    FlashDevice decorate(FlashDevice inner, DeviceUri uri, Scheduler scheduler) throws IOException;
}
