package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.FlashDeviceContract;
import io.ocssd.scheduler.Scheduler;

final class MemoryImmediateTest extends FlashDeviceContract {
    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(String shape, Scheduler scheduler) throws Exception {
        return Ocssd.openDevice("mem:?" + shape, scheduler);
    }
}
