package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.Timings;
import io.ocssd.scheduler.Scheduler;

/**
 * How a drive is opened.
 *
 * @param timed whether commands take time
 * @param timings what they take when {@code timed}: a read of up to wsOpt sectors, a program of wsOpt sectors, an erase
 * @param cutCommand the command, counted from 1 at open, at which power is cut; 0 for never
 * @param cutSeed decides how the commands under way are torn
 * @param dulbe whether reads of what can't be read fail, until the feature is set otherwise
 */
record OpenParameters(boolean timed, Timings timings, long cutCommand, long cutSeed, boolean dulbe) {
    static final String PERSIST = "persist";

    static final ImmutableSet<String> NAMES = ImmutableSet.of(
            "timing", "readNanos", "programNanos", "eraseNanos", "cut", "cutSeed", "dulbe", PERSIST, "clock");

    /** Figures of a TLC drive of the years of the specification. */
    private static final Timings TYPICAL = new Timings(70_000, 900_000, 3_000_000);

    private static final long MAX_NANOS = 1_000_000_000_000L;

    static OpenParameters of(Parameters given, Scheduler scheduler) {
        checkPersistence(given);
        checkClock(given, scheduler);
        String timing = given.choice("timing", scheduler.isSimulated() ? "on" : "off", ImmutableList.of("on", "off"));
        Timings timings = new Timings(
                given.number("readNanos", TYPICAL.readNanos(), 0, MAX_NANOS),
                given.number("programNanos", TYPICAL.programNanos(), 0, MAX_NANOS),
                given.number("eraseNanos", TYPICAL.eraseNanos(), 0, MAX_NANOS));
        boolean timed = timing.equals("on");
        return new OpenParameters(
                timed,
                timed ? timings : Timings.NONE,
                given.number("cut", 0, 1, Long.MAX_VALUE),
                given.number("cutSeed", 0, Long.MIN_VALUE, Long.MAX_VALUE),
                given.isOn("dulbe", true));
    }

    static void checkPersistence(Parameters given) {
        String persist = given.choice(PERSIST, "process", ImmutableList.of("process", "host"));
        if (persist.equals("host")) {
            throw new IllegalArgumentException(
                    "persist=host (surviving the death of the host) comes with a later version; possible: process");
        }
    }

    private static void checkClock(Parameters given, Scheduler scheduler) {
        String actual = scheduler.isSimulated() ? "virtual" : "real";
        String clock = given.choice("clock", actual, ImmutableList.of("real", "virtual"));
        if (!clock.equals(actual)) {
            throw new IllegalArgumentException("clock=" + clock + " does not agree with the scheduler, whose time is "
                    + actual + "; leave it out, or open the device with the other scheduler");
        }
    }
}
