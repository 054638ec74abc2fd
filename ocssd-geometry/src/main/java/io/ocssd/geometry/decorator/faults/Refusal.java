package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Completion;
import io.ocssd.device.IoCommand;
import io.ocssd.device.NvmeStatus;
import io.ocssd.device.Ppa;
import io.ocssd.geometry.decorator.faults.BlockDamage.Condition;

/** Refuses the command; the device below learns nothing of it. */
final class Refusal extends Intervention {
    private Refusal(IoCommand original, DeviceBelow below, int status, long bits) {
        super(original, below);
        setStatus(status);
        addBits(bits);
    }

    /** The refusal of a program that damage stands in the way of, or null when none does. */
    static Refusal ofProgram(IoCommand original, Hits hits, DeviceBelow below) {
        if (original.operation() == IoCommand.Operation.COPY) {
            Refusal refusal = ofSources(original, hits, below);
            if (refusal != null) {
                return refusal;
            }
        }
        int count = Addresses.count(original);
        for (int from = 0, to; from < count; from = to) {
            long blockPpa = Ppa.blockOf(target(original, from));
            to = from + 1;
            while (to < count && Ppa.blockOf(target(original, to)) == blockPpa) {
                to++;
            }
            int block = below.block(blockPpa);
            Condition condition = block < 0 ? Condition.GOOD : below.damage.condition(block);
            if (condition != Condition.GOOD) {
                return new Refusal(original, below, below.programRefusal(condition), Addresses.bits(from, to));
            }
        }
        return null;
    }

    /** Where sector number {@code index} of a program goes; for an append, somewhere in its zone. */
    static long target(IoCommand original, int index) {
        return switch (original.operation()) {
            case COPY -> original.destination(index);
            case APPEND -> original.address(0);
            default -> Addresses.address(original, index);
        };
    }

    /** A copy that can't read all its sources writes nothing. */
    private static Refusal ofSources(IoCommand original, Hits hits, DeviceBelow below) {
        long media = 0;
        long absent = 0;
        for (int i = 0; i < original.count(); i++) {
            switch (Verdict.of(original.address(i), hits, i, below)) {
                case FINE -> {}
                case UNREADABLE, DEAD -> media |= 1L << i;
                case ABSENT -> absent |= 1L << i;
            }
        }
        if ((media | absent) == 0) {
            return null;
        }
        Verdict.breakSectors(original, hits, media, below);
        if ((media & hits.unreadable) != 0) {
            below.faults.count(FaultKind.UNREADABLE);
        }
        return new Refusal(
                original, below, media != 0 ? NvmeStatus.UNRECOVERED_READ : NvmeStatus.DEALLOCATED, media | absent);
    }

    @Override
    boolean leavesOut() {
        return true;
    }

    @Override
    boolean next(IoCommand step) {
        return false;
    }

    @Override
    void completed(Completion completion) {
        throw new IllegalStateException("a refused command was sent");
    }
}
