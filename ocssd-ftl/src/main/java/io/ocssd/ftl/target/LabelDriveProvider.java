package io.ocssd.ftl.target;

import io.ocssd.device.FlashDevice;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DriveProvider;
import io.ocssd.target.Drive;
import io.ocssd.target.OpenOptions;
import java.io.IOException;

/** Opens drives that are provisioned by a label on flash. Stateless. */
public final class LabelDriveProvider implements DriveProvider {
    /** For {@link java.util.ServiceLoader}. */
    public LabelDriveProvider() {}

    @Override
    public Drive open(FlashDevice device, Scheduler scheduler, OpenOptions options) throws IOException {
        return LabelledDrive.open(device, scheduler, options);
    }
}
