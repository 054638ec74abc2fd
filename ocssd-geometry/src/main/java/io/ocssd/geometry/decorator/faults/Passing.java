package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.geometry.decorator.CommandShape;

/** Hands the command on as it is. */
final class Passing extends Intervention {
    private boolean sent;

    Passing(IoCommand original, DeviceBelow below) {
        super(original, below);
    }

    @Override
    boolean next(IoCommand step) {
        if (sent) {
            return false;
        }
        CommandShape.copy(original, step);
        sent = true;
        return true;
    }

    @Override
    void completed(Completion completion) {
        setStatus(completion.status());
        addBits(completion.failedAddresses());
        setAddress(completion.address());
    }
}
