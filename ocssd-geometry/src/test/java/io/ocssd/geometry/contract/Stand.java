package io.ocssd.geometry.contract;

import io.ocssd.device.FlashDevice;
import io.ocssd.error.GoneException;
import io.ocssd.scheduler.Scheduler;

/** Where one shape of one kind of drive is tried: opens new drives of it, and opens them again. */
final class Stand {
    private final FlashDeviceContract kind;
    private final Shape shape;
    private final Scheduler scheduler;

    Stand(FlashDeviceContract kind, Shape shape, Scheduler scheduler) {
        this.kind = kind;
        this.shape = shape;
        this.scheduler = scheduler;
    }

    Shape shape() {
        return shape;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** A new drive. */
    Rig open() throws Exception {
        return rig(kind.openNew(shape, scheduler));
    }

    /** A new drive whose power is cut at a command. */
    Rig openToBeCut(long command, long seed) throws Exception {
        return rig(kind.openNewToBeCut(shape, scheduler, command, seed));
    }

    /** The drive that was open last. */
    Rig reopen() throws Exception {
        return rig(kind.reopen(shape, scheduler));
    }

    FaultSource faults(Rig rig) {
        return kind.faults(rig.device);
    }

    private Rig rig(FlashDevice device) throws GoneException {
        return new Rig(device, shape.traits());
    }
}
