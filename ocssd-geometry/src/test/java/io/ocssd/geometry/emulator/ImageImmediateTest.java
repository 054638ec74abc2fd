package io.ocssd.geometry.emulator;

import io.ocssd.scheduler.Scheduler;

final class ImageImmediateTest extends ImageContract {
    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }
}
