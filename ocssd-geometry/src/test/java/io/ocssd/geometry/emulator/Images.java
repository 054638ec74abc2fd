package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import java.util.Map;

/** Image files for tests. */
final class Images {
    private Images() {}

    /** Makes an image and opens it; each parameter goes to the one that knows it. */
    static FlashDevice openNew(Path file, String parameters, Scheduler scheduler) throws Exception {
        DeviceUri create = new DeviceUri("emu", file.toString(), Map.of());
        DeviceUri open = create;
        for (Map.Entry<String, String> each :
                DeviceUri.parse("emu:?" + parameters).parameters().entrySet()) {
            if (OpenParameters.NAMES.contains(each.getKey())) {
                open = open.with(each.getKey(), each.getValue());
            } else {
                create = create.with(each.getKey(), each.getValue());
            }
        }
        Ocssd.create(create.toString());
        return Ocssd.openDevice(open.toString(), scheduler);
    }
}
