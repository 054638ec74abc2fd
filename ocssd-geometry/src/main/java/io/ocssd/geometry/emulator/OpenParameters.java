package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.scheduler.Scheduler;

/**
 * How a drive is opened.
 *
 * @param timing whether commands take time, and what they take then
 * @param cutCommand the command, counted from 1 at open, at which power is cut; 0 for never
 * @param cutSeed decides how the commands under way are torn
 */
record OpenParameters(TimingParameters timing, long cutCommand, long cutSeed) {
    static final String PERSIST = "persist";

    static final ImmutableSet<String> NAMES = ImmutableSet.<String>builder()
            .addAll(TimingParameters.NAMES)
            .add("cut", "cutSeed", PERSIST)
            .build();

    static OpenParameters of(Parameters given, Scheduler scheduler) {
        checkPersistence(given);
        return new OpenParameters(
                TimingParameters.of(given, scheduler),
                given.number("cut", 0, 1, Long.MAX_VALUE),
                given.number("cutSeed", 0, Long.MIN_VALUE, Long.MAX_VALUE));
    }

    static void checkPersistence(Parameters given) {
        String persist = given.choice(PERSIST, "process", ImmutableList.of("process", "host"));
        if (persist.equals("host")) {
            throw new IllegalArgumentException(
                    "persist=host (surviving the death of the host) comes with a later version; possible: process");
        }
    }
}
