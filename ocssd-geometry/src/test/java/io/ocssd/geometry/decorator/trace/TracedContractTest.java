package io.ocssd.geometry.decorator.trace;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.emulator.EmulatedShapes;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** The contract on traced drives. */
final class TracedContractTest extends FlashDeviceContract {
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
        return new TracedDevice(
                Ocssd.openDevice("mem:?" + shape.name(), scheduler), Trace.inMemory(1 << 16), scheduler);
    }
}
