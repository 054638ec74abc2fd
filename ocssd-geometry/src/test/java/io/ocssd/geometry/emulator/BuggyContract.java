package io.ocssd.geometry.emulator;

import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.contract.Trait;
import io.ocssd.geometry.planted.BugMemory;
import io.ocssd.geometry.planted.BuggyDevice;
import io.ocssd.geometry.planted.PlantedBug;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** The contract on a drive with a bug; run by {@link ContractCatchesBugsTest} only. */
final class BuggyContract extends ImageContract {
    static PlantedBug bug;

    private BugMemory memory;

    @Override
    protected List<Shape> shapes() {
        return EmulatedShapes.with(List.of(EmulatedShapes.UNITS), Trait.REOPENS, Trait.LOSES_POWER);
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.real();
    }

    @Override
    protected FlashDevice openNew(Shape shape, Scheduler scheduler) throws Exception {
        memory = new BugMemory();
        return new BuggyDevice(super.openNew(shape, scheduler), bug, memory);
    }

    @Override
    protected FlashDevice openNewToBeCut(Shape shape, Scheduler scheduler, long command, long seed) throws Exception {
        memory = new BugMemory();
        return new BuggyDevice(super.openNewToBeCut(shape, scheduler, command, seed), bug, memory);
    }

    @Override
    protected FlashDevice reopen(Shape shape, Scheduler scheduler) throws Exception {
        return new BuggyDevice(super.reopen(shape, scheduler), bug, memory);
    }

    @Override
    protected void tell(String line) {
        // What is left out here is told by the others.
    }
}
