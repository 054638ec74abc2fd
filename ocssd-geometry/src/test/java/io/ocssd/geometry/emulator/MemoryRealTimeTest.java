package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.FlashDeviceContract;
import io.ocssd.scheduler.Scheduler;

/** Flash that takes real time: the same engine under the real scheduler. */
final class MemoryRealTimeTest extends FlashDeviceContract {
    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(String shape, Scheduler scheduler) throws Exception {
        return Ocssd.openDevice("mem:?timing=on&clock=real&timings=z-nand&suspend=all&" + shape, scheduler);
    }
}
