package io.ocssd.geometry.timing;

import com.google.common.primitives.ImmutableLongArray;
import io.ocssd.device.Timings;

/**
 * Every figure of a drive's timing. Immutable.
 *
 * @param cells the arrays
 * @param bus the channels
 * @param registers what the second register is used for
 * @param suspend whether and when reads interrupt programs and erases
 * @param controller the controller and the host's link
 */
public record NandTiming(
        CellTimes cells, BusTimes bus, RegisterRules registers, SuspendRules suspend, ControllerTimes controller) {

    /** LUNs that need these times, whatever the page, and nothing else that takes any. */
    public static NandTiming flat(long readNanos, long programNanos, long eraseNanos) {
        return new NandTiming(
                CellTimes.uniform(1, readNanos, programNanos, eraseNanos),
                BusTimes.NONE,
                RegisterRules.NONE,
                SuspendRules.NONE,
                ControllerTimes.NONE);
    }

    /** The same with other rules for suspension. */
    public NandTiming withSuspend(SuspendRules rules) {
        return new NandTiming(cells, bus, registers, rules, controller);
    }

    /** The same with other rules for the registers. */
    public NandTiming withRegisters(RegisterRules rules) {
        return new NandTiming(cells, bus, rules, suspend, controller);
    }

    /** The times of the arrays: typical is the mean of the kinds of pages, the longest is that of the slowest. */
    public Timings summary() {
        return new Timings(
                mean(cells.readNanos()),
                mean(cells.programNanos()),
                cells.eraseNanos(),
                cells.readNanos().stream().max().getAsLong(),
                cells.programNanos().stream().max().getAsLong(),
                cells.eraseNanos());
    }

    private static long mean(ImmutableLongArray nanos) {
        return Math.round(nanos.stream().average().getAsDouble());
    }
}
