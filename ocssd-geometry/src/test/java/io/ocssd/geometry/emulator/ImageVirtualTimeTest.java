package io.ocssd.geometry.emulator;

import io.ocssd.scheduler.Scheduler;

final class ImageVirtualTimeTest extends ImageContract {
    @Override
    protected Scheduler newScheduler() {
        return Scheduler.simulated(1);
    }
}
