package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import java.util.HashSet;
import java.util.Set;

/** What can be told of a write without looking at the state of any block. Immutable. */
final class ProgramShape {
    private final IoCommand original;
    private final DeviceBelow below;
    private final int count;

    ProgramShape(IoCommand original, DeviceBelow below) {
        this.original = original;
        this.below = below;
        this.count = Addresses.count(original);
    }

    /** Whether it may be accepted at all. */
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

    /** Whether a run goes to the end of its block. */
    boolean fills(int from, int to) {
        int block = below.block(Addresses.target(original, from));
        return Ppa.sector(Addresses.target(original, to - 1)) + 1 == below.sectors(block);
    }
}
