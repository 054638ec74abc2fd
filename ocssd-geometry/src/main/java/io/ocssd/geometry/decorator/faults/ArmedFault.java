package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.Geometry;
import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;
import java.util.concurrent.atomic.AtomicLong;

/** A fault of a plan with its counters. Thread-safe. */
final class ArmedFault {
    final Fault fault;
    /** Number of the fault in the plan: what it draws depends on it. */
    final long id;

    private final boolean certain;
    private final boolean counted;
    /** What a draw must be below, unsigned. */
    private final long threshold;

    private final AtomicLong matches = new AtomicLong();

    ArmedFault(Fault fault, long id) {
        this.fault = fault;
        this.id = id;
        this.certain = fault.percent == Fault.CERTAIN;
        this.counted = !fault.nth.isAll(1);
        this.threshold = (long) (fault.percent / Fault.CERTAIN * 0x1p63) << 1;
    }

    /** Whether chance has a say. */
    boolean isUncertain() {
        return !certain;
    }

    boolean isAt(long ppa) {
        return fault.groups.contains(Ppa.channel(ppa))
                && fault.punits.contains(Ppa.lun(ppa))
                && fault.chunks.contains(Ppa.block(ppa));
    }

    boolean isOf(IoCommand.Operation operation) {
        return (fault.operations & 1 << operation.ordinal()) != 0;
    }

    /** Whether it is about some sectors of its blocks only. */
    boolean hasSectors() {
        return !fault.sectors.isAll(0);
    }

    /** Whether it depends on more than the address. */
    boolean isPassing() {
        return counted || !certain;
    }

    /**
     * Counts a match and says whether the fault hits it.
     *
     * @param drawn as {@link Draws#draw} gives it
     */
    boolean hits(long drawn) {
        if (counted && !fault.nth.contains(matches.incrementAndGet())) {
            return false;
        }
        return certain || Long.compareUnsigned(drawn, threshold) < 0;
    }

    /** Counts a match and says whether the fault hits it, drawn from how many there were. */
    boolean hitsByCount(long seed) {
        long number = matches.incrementAndGet();
        return fault.nth.contains(number)
                && (certain || Long.compareUnsigned(Draws.draw(Draws.key(seed, number), id), threshold) < 0);
    }

    /**
     * Checks that the fault can meet a device.
     *
     * @throws IllegalArgumentException when it names something that the device does not have
     */
    void check(Geometry geometry) {
        check(FaultKind.Names.GROUP, fault.groups, geometry.channels());
        check(FaultKind.Names.PUNIT, fault.punits, geometry.lunsPerChannel());
        check(FaultKind.Names.CHUNK, fault.chunks, geometry.blocksPerLun());
        check(FaultKind.Names.SECTR, fault.sectors, geometry.sectorsPerBlock());
    }

    private void check(String name, NumberRange range, int count) {
        boolean outside = range.first() >= count || (range.last() >= count && range.last() != NumberRange.NO_END);
        if (outside) {
            throw new IllegalArgumentException("fault \"" + fault + "\": " + name + "=" + range
                    + " is not on this device; possible: 0-" + (count - 1));
        }
    }
}
