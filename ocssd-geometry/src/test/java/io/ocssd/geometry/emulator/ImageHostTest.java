package io.ocssd.geometry.emulator;

import io.ocssd.geometry.contract.Shape;
import io.ocssd.geometry.contract.Trait;
import io.ocssd.scheduler.Scheduler;
import java.util.List;

/** The contract on images that survive the death of the host; these have no blocks that are written anywhere. */
final class ImageHostTest extends ImageContract {
    @Override
    protected List<Shape> shapes() {
        return EmulatedShapes.with(
                List.of(EmulatedShapes.UNITS, EmulatedShapes.LIMITED, EmulatedShapes.ZONED_ODD),
                Trait.REOPENS,
                Trait.LOSES_POWER);
    }

    @Override
    protected Scheduler newScheduler() {
        return Scheduler.simulated(1);
    }

    @Override
    protected String opening() {
        return "&persist=host";
    }
}
