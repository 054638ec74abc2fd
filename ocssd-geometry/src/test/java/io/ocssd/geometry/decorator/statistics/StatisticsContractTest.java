package io.ocssd.geometry.decorator.statistics;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.emulator.EmulatedShapes;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** The contract on drives with statistics. */
final class StatisticsContractTest extends FlashDeviceContract {
    @Override
    protected List<Shape> shapes() {
        return EmulatedShapes.all();
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        return new StatisticsDevice(Ocssd.openDevice("mem:?" + shape.name(), scheduler), scheduler);
    }
}
