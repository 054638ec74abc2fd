package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableSet;
import io.ocssd.scheduler.Scheduler;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How a drive is opened.
 *
 * @param timing whether commands take time, and what they take then
 * @param cut the power cut that is to come, its command counted from 1 at open; null for none
 * @param persistence what the image survives
 * @param returnsSpace whether an image gives the space of erased blocks back to its file system
 * @param shuffleSeed decides in which order completions come that need not come in that of submission; empty to leave them
 *     in the order that the drive gives them
 * @param dulbe whether reads of what can't be read fail, until the feature is set otherwise
 */
record OpenParameters(
        TimingParameters timing,
        CutPlan cut,
        Persistence persistence,
        boolean returnsSpace,
        OptionalLong shuffleSeed,
        boolean dulbe) {
    static final String PERSIST = "persist";
    static final String SHUFFLE = "shuffle";

    /** What says more about a cut. */
    private static final ImmutableSet<String> CUT_DETAILS = ImmutableSet.of("cutAt", "cutLoss", "cutSeed");

    static final ImmutableSet<String> NAMES = ImmutableSet.<String>builder()
            .addAll(TimingParameters.NAMES)
            .addAll(CUT_DETAILS)
            .add("cut", SHUFFLE, "dulbe", "space", PERSIST)
            .build();

    static OpenParameters of(Parameters given, Scheduler scheduler) {
        OptionalLong shuffleSeed = given.has(SHUFFLE)
                ? OptionalLong.of(given.number(SHUFFLE, 0, Long.MIN_VALUE, Long.MAX_VALUE))
                : OptionalLong.empty();
        return new OpenParameters(
                TimingParameters.of(given, scheduler),
                cut(given),
                persistence(given),
                given.choice("space", "keep", List.of("keep", "return")).equals("return"),
                shuffleSeed,
                given.isOn("dulbe", true));
    }

    private static CutPlan cut(Parameters given) {
        long command = given.number("cut", 0, 1, Long.MAX_VALUE);
        String moment = given.choice("cutAt", CutMoment.INSIDE.label(), labels(CutMoment.values(), CutMoment::label));
        String loss = given.choice("cutLoss", CutLoss.RANDOM.label(), labels(CutLoss.values(), CutLoss::label));
        long seed = given.number("cutSeed", 0, Long.MIN_VALUE, Long.MAX_VALUE);
        if (command == 0) {
            CUT_DETAILS.forEach(name -> given.checkUseful(name, "cut"));
            return null;
        }
        return new CutPlan(
                command,
                CutMoment.valueOf(moment.toUpperCase(Locale.ROOT)),
                CutLoss.valueOf(loss.toUpperCase(Locale.ROOT)),
                seed);
    }

    private static <E> List<String> labels(E[] values, Function<E, String> label) {
        return Arrays.stream(values).map(label).toList();
    }

    /** What was asked for; checked, even where there is nothing to choose. */
    static Persistence persistence(Parameters given) {
        String label =
                given.choice(PERSIST, Persistence.PROCESS.label(), labels(Persistence.values(), Persistence::label));
        return Persistence.valueOf(label.toUpperCase(Locale.ROOT));
    }
}
