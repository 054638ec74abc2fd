package io.ocssd.geometry.emulator;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** Flash that takes real time: the same engine under the real scheduler. On few shapes, since waiting is what takes time. */
final class MemoryRealTimeTest extends FlashDeviceContract {
    @Override
    protected List<Shape> shapes() {
        return List.of(EmulatedShapes.LUNS, EmulatedShapes.COPYING, EmulatedShapes.ZONED);
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        return Ocssd.openDevice("mem:?timing=on&clock=real&timings=z-nand&suspend=all&" + shape.name(), scheduler);
    }
}
