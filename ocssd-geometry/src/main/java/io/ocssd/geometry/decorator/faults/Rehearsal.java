package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import java.util.HashSet;
import java.util.Set;

/**
 * Finds out whether the device would accept a program as a whole that is going to be sent run by run, and so could be refused
 * when a part of it is programmed already.
 *
 * <p>What depends on nothing but the shape of the blocks is looked at here; such a program is refused in any case. The rest the
 * device is asked by {@link Trial}s. Runs that leave their blocks open come first and together, since they need places among
 * the open blocks together; of each the first unit is enough to ask about, so that there is room for them all. A run that
 * fills its block needs no place, and is asked about by itself. Not thread-safe.
 */
final class Rehearsal {
    private final IoCommand original;
    private final DeviceBelow below;
    private final Trial trial;
    private final int count;
    /** Whether the runs that leave their blocks open were asked about. */
    private boolean together;
    /** Where the next run begins that may fill its block. */
    private int at;

    Rehearsal(IoCommand original, DeviceBelow below, QueueBuffers buffers) {
        this.original = original;
        this.below = below;
        this.trial = new Trial(original, below, buffers);
        this.count = Addresses.count(original);
    }

    /** Whether the program may be accepted at all, for all that is known without the device. */
    boolean isPossible() {
        Set<Integer> blocks = new HashSet<>();
        for (int from = 0, to; from < count; from = to) {
            to = Addresses.endOfTargets(original, from);
            int block = below.block(Addresses.target(original, from));
            boolean possible = block >= 0
                    && (below.isRandom(block)
                            ? isInside(block, from, to)
                            : isRun(from, to) && isInside(block, to - 1, to) && blocks.add(block));
            if (!possible) {
                return false;
            }
        }
        return true;
    }

    private boolean isInside(int block, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Ppa.sector(Addresses.target(original, i)) >= below.sectors(block)) {
                return false;
            }
        }
        return true;
    }

    private boolean isRun(int from, int to) {
        for (int i = from + 1; i < to; i++) {
            if (Addresses.target(original, i) != Addresses.target(original, i - 1) + 1) {
                return false;
            }
        }
        return (to - from) % below.limits.wsMin() == 0;
    }

    /** Prepares the next question, or says that there is none. */
    boolean next(IoCommand step) {
        if (Addresses.endOfTargets(original, 0) == count) {
            // A single run is accepted or refused in one.
            return false;
        }
        if (!together) {
            together = true;
            trial.begin(step);
            if (addTogether(step)) {
                trial.end(step, 1);
                return true;
            }
        }
        while (at < count) {
            int from = at;
            at = Addresses.endOfTargets(original, from);
            if (fills(from, at)) {
                trial.begin(step);
                trial.add(step, from, at);
                trial.end(step, 1);
                return true;
            }
        }
        return false;
    }

    private boolean addTogether(IoCommand step) {
        boolean any = false;
        for (int from = 0, to; from < count; from = to) {
            to = Addresses.endOfTargets(original, from);
            if (!fills(from, to)) {
                trial.add(step, from, Math.min(to, from + below.limits.wsMin()));
                any = true;
            }
        }
        return any;
    }

    /** Whether a run goes to the end of its block. */
    boolean fills(int from, int to) {
        int block = below.block(Addresses.target(original, from));
        return !below.isRandom(block) && Ppa.sector(Addresses.target(original, to - 1)) + 1 == below.sectors(block);
    }

    /** Whether the device would accept what it was asked about. */
    boolean isPassed(Completion completion) {
        return trial.isPassed(completion);
    }
}
