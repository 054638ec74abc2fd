package io.ocssd.geometry.decorator.faults;

import io.ocssd.Ocssd;
import io.ocssd.device.FlashDevice;
import io.ocssd.device.NvmeStatus;
import io.ocssd.geometry.contract.FaultSource;
import io.ocssd.geometry.contract.FlashDeviceContract;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.contract.Trait;
import io.ocssd.geometry.emulator.EmulatedShapes;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** The contract on drives with faults: with nothing armed they are like any other, and what is armed looks as it must. */
final class FaultyContractTest extends FlashDeviceContract {
    private Faults faults;

    @Override
    protected List<Shape> shapes() {
        return EmulatedShapes.with(EmulatedShapes.all(), Trait.FAULTS);
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        faults = new Faults(1);
        return new FaultyDevice(Ocssd.openDevice("mem:?" + shape.name(), scheduler), faults, scheduler);
    }

    @Override
    protected FaultSource faults(FlashDevice device) {
        return new FaultSource() {
            @Override
            public void failProgram(long ppa, int status) {
                Fault fault = status == NvmeStatus.CHUNK_EARLY_CLOSE ? Fault.earlyClose() : Fault.nextUnit();
                faults.arm(fault.at(ppa).nth(1));
            }

            @Override
            public void failErase(long blockPpa) {
                faults.arm(Fault.resetFail().block(blockPpa).nth(1));
            }

            @Override
            public void makeUnreadable(long ppa) {
                faults.arm(Fault.unreadable().at(ppa).nth(1));
            }

            @Override
            public void makeDoubtful(long ppa) {
                faults.arm(Fault.highEcc().at(ppa));
            }
        };
    }
}
