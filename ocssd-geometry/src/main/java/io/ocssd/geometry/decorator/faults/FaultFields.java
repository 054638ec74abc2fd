package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.IoCommand;
import io.ocssd.geometry.decorator.faults.FaultKind.Names;
import java.util.Set;

/** The fields of a {@link Fault} in the making, each checked when it is set. */
final class FaultFields {
    final FaultKind kind;
    NumberRange groups = NumberRange.from(0);
    NumberRange punits = NumberRange.from(0);
    NumberRange chunks = NumberRange.from(0);
    NumberRange sectors = NumberRange.from(0);
    double percent = Fault.CERTAIN;
    NumberRange nth = NumberRange.from(1);
    int operations = Fault.ALL_OPERATIONS;
    long nanos;
    boolean resetFails;
    boolean always;

    FaultFields(FaultKind kind) {
        this.kind = kind;
    }

    FaultFields(Fault fault) {
        this.kind = fault.kind;
        this.groups = fault.groups;
        this.punits = fault.punits;
        this.chunks = fault.chunks;
        this.sectors = fault.sectors;
        this.percent = fault.percent;
        this.nth = fault.nth;
        this.operations = fault.operations;
        this.nanos = fault.nanos;
        this.resetFails = fault.resetFails;
        this.always = fault.always;
    }

    Fault fault() {
        return new Fault(this);
    }

    void setGroups(NumberRange range) {
        check(Names.GROUP);
        groups = range;
    }

    void setPunits(NumberRange range) {
        check(Names.PUNIT);
        punits = range;
    }

    void setChunks(NumberRange range) {
        check(Names.CHUNK);
        chunks = range;
    }

    void setSectors(NumberRange range) {
        check(Names.SECTR);
        sectors = range;
    }

    void setPercent(double newPercent) {
        check(Names.PROB);
        if (!(newPercent >= 0 && newPercent <= Fault.CERTAIN)) {
            throw new IllegalArgumentException("percent=" + newPercent + " is not in 0..100");
        }
        percent = newPercent;
    }

    void setNth(NumberRange range) {
        check(Names.NTH);
        if (range.first() < 1) {
            throw new IllegalArgumentException("nth=" + range + ": matches are counted from 1");
        }
        nth = range;
    }

    void setOperations(Set<IoCommand.Operation> some) {
        check(Names.OF);
        operations = Fault.mask(some);
    }

    void setNanos(long newNanos) {
        check(Names.NANOS);
        if (newNanos < 1) {
            throw new IllegalArgumentException("nanos=" + newNanos + " is not at least 1");
        }
        nanos = newNanos;
    }

    void setResetFails(boolean fails) {
        check(Names.RESET);
        resetFails = fails;
    }

    void setAlways(boolean newAlways) {
        check(Names.ALWAYS);
        always = newAlways;
    }

    void check(String field) {
        if (!kind.fields().contains(field)) {
            throw new IllegalArgumentException(
                    kind.label() + " has no field \"" + field + "\"; possible: " + String.join(", ", kind.fields()));
        }
    }
}
