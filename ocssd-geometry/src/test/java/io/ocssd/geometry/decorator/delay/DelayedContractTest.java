package io.ocssd.geometry.decorator.delay;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.emulator.EmulatedShapes;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** The contract on drives whose completions come later, by chance. */
final class DelayedContractTest extends FlashDeviceContract {
    @Override
    protected List<Shape> shapes() {
        return EmulatedShapes.all();
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.simulated(1);
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        Delay delay = Delay.fixed(100_000).drawn(Delay.Distribution.EXPONENTIAL, 1);
        return new DelayedDevice(Ocssd.openDevice("mem:?" + shape.name(), scheduler), delay, scheduler);
    }
}
