package io.ocssd.spi;

import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.FoundDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.IOException;
import java.util.List;

/** Opens and makes devices of some URI schemes. */
public interface DeviceProvider {
    /** The schemes, lower case, without colon. */
    List<String> schemes();

    /**
     * Opens a device.
     *
     * @throws IllegalArgumentException when the URI has a parameter that the scheme does not know, or a wrong value; the
     *     message names it and what is possible
     */
    FlashDevice open(DeviceUri uri, Scheduler scheduler) throws IOException;

    /**
     * Looks for devices of this host that are of the provider's kind, or might be taken for it. Opens none.
     *
     * @throws IOException when this host can't be looked at
     */
    default List<FoundDevice> find() throws IOException {
        return List.of();
    }

    /**
     * Makes a new emulated drive; it is not opened.
     *
     * @throws io.ocssd.error.BusyException when something is there already; it was not changed
     * @throws IllegalArgumentException when the scheme's devices can't be made, or a parameter is wrong
     */
    void create(DeviceUri uri) throws IOException;
}
