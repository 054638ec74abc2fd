package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.faults.BlockDamage.Condition;

/**
 * A program that damage stands in the way of: it is refused, and nothing of it is programmed.
 *
 * <p>The first run that is wrong is the one that is told. When others come before the damaged one, the device is asked about
 * them by a {@link Trial}.
 */
final class RefusedProgram extends Intervention {
    private final Trial trial;
    private final int from;
    private final int to;
    private final int refusal;
    private boolean asked;
    private boolean refused;

    private RefusedProgram(IoCommand original, DeviceBelow below, QueueBuffers buffers, int from, int to, int refusal) {
        super(original, below);
        this.trial = new Trial(original, below, buffers);
        this.from = from;
        this.to = to;
        this.refusal = refusal;
    }

    /** The refusal of a program, or null when no damage stands in its way. */
    static RefusedProgram of(IoCommand original, DeviceBelow below, QueueBuffers buffers) {
        int count = Addresses.count(original);
        for (int from = 0, to; from < count; from = to) {
            to = Addresses.endOfTargets(original, from);
            int block = below.block(Addresses.target(original, from));
            Condition condition = block < 0 ? Condition.GOOD : below.damage.condition(block);
            if (condition != Condition.GOOD) {
                return new RefusedProgram(original, below, buffers, from, to, status(original, below, condition));
            }
        }
        return null;
    }

    private static int status(IoCommand original, DeviceBelow below, Condition condition) {
        boolean misplaced = original.operation() == IoCommand.Operation.APPEND && Ppa.sector(original.address(0)) != 0;
        return misplaced ? NvmeStatus.INVALID_FIELD : below.programRefusal(condition);
    }

    @Override
    boolean leavesOut() {
        return true;
    }

    @Override
    boolean next(IoCommand step) {
        if (from > 0 && !asked) {
            asked = true;
            trial.begin(step);
            trial.add(step, 0, from);
            trial.end(step, to - from);
            return true;
        }
        if (!refused) {
            refuse(refusal, Addresses.bits(from, to));
        }
        return false;
    }

    private void refuse(int status, long bits) {
        refused = true;
        setStatus(status);
        addBits(bits);
    }

    @Override
    void completed(Completion completion) {
        if (!trial.isPassed(completion)) {
            refuse(completion.status(), completion.failedAddresses());
        }
    }
}
