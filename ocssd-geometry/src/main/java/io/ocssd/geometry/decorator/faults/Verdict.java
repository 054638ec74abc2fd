package io.ocssd.geometry.decorator.faults;

import io.ocssd.device.IoCommand;
import io.ocssd.device.Ppa;

/** What faults and damage make of the read of a sector. */
enum Verdict {
    /** As the device below says. */
    FINE,
    /** The media can't be read there. */
    UNREADABLE,
    /** The LUN does not answer. */
    DEAD,
    /** It was not written, or its block is out of use. */
    ABSENT;

    /**
     * The verdict over address number {@code index} of a command.
     *
     * @param hits of the command
     */
    static Verdict of(long ppa, Hits hits, int index, DeviceBelow below) {
        int block = below.block(ppa);
        if (block < 0) {
            return FINE;
        }
        if (below.damage.isDamaged(block)) {
            Verdict damaged = ofDamaged(block, Ppa.sector(ppa), below.damage);
            if (damaged != FINE) {
                return damaged;
            }
        }
        return (hits.unreadable & 1L << index) != 0 ? UNREADABLE : FINE;
    }

    private static Verdict ofDamaged(int block, int sector, Damage damage) {
        synchronized (damage) {
            return switch (damage.condition(block)) {
                case GOOD -> damage.isUnreadable(block, sector) ? UNREADABLE : FINE;
                case CLOSED ->
                    sector >= damage.writePointer(block)
                            ? ABSENT
                            : damage.isUnreadable(block, sector) ? UNREADABLE : FINE;
                case OFFLINE -> ABSENT;
                case DEAD -> DEAD;
            };
        }
    }

    /** Of the sectors that turned out unreadable, those stay so that were hit just now. */
    static void breakSectors(IoCommand command, Hits hits, long bits, DeviceBelow below) {
        for (long left = bits & hits.breaking; left != 0; left &= left - 1) {
            long ppa = Addresses.address(command, Long.numberOfTrailingZeros(left));
            below.damage.breakSectors(below.block(ppa), Ppa.sector(ppa), Ppa.sector(ppa) + 1);
        }
    }
}
