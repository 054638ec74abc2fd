package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** Flash with everything that the timing model has: shared buses, a host link, registers, suspension, shuffled ties. */
final class MemoryModelledTimeTest extends FlashDeviceContract {
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
        return Ocssd.openDevice("mem:?timings=tlc&suspend=all&cacheProgram=on&shuffle=5&" + shape.name(), scheduler);
    }
}
