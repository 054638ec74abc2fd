package io.ocssd.geometry.emulator;

import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.FlashDeviceContract;
import io.ocssd.scheduler.Scheduler;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

final class ImageImmediateTest extends FlashDeviceContract {
    @TempDir
    Path directory;

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(String shape, Scheduler scheduler) throws Exception {
        return Images.openNew(directory.resolve("drive.img"), shape, scheduler);
    }
}
