package io.ocssd.geometry.emulator;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.ocssd.geometry.timing.NandTiming;
import io.ocssd.geometry.timing.NandTimings;
import io.ocssd.geometry.timing.RegisterRules;
import io.ocssd.geometry.timing.SuspendRules;
import io.ocssd.scheduler.Scheduler;

/**
 * What the parameters of a drive say about its timing.
 *
 * <p>{@code timings=NAME} takes the figures of another profile. {@code readNanos}, {@code programNanos} and
 * {@code eraseNanos} make the flash flat: constants by LUN and nothing that is shared, those that are not given being the
 * typical ones. {@code suspend}, {@code cacheRead} and {@code cacheProgram} change the rules of whatever it is then.
 */
final class TimingParameters {
    static final ImmutableSet<String> NAMES = ImmutableSet.of(
            "timing",
            "timings",
            "readNanos",
            "programNanos",
            "eraseNanos",
            "suspend",
            "cacheRead",
            "cacheProgram",
            "clock");

    private static final long MAX_NANOS = 1_000_000_000_000L;
    private static final ImmutableList<String> SWITCH = ImmutableList.of("on", "off");
    private static final ImmutableMap<String, SuspendRules.Who> WHO =
            ImmutableMap.of("off", SuspendRules.Who.NONE, "high", SuspendRules.Who.HIGH, "all", SuspendRules.Who.ALL);
    private static final ImmutableMap<String, NandTiming> NAMED = named();

    private final Parameters given;
    private final boolean on;

    private TimingParameters(Parameters given, boolean on) {
        this.given = given;
        this.on = on;
    }

    /**
     * Reads the parameters.
     *
     * @throws IllegalArgumentException when one is wrong; it names what is possible
     */
    static TimingParameters of(Parameters given, Scheduler scheduler) {
        checkClock(given, scheduler);
        String byDefault = scheduler.isSimulated() ? "on" : "off";
        TimingParameters parameters = new TimingParameters(
                given, given.choice("timing", byDefault, SWITCH).equals("on"));
        // Whatever is wrong is wrong for every profile, and said before any image is opened.
        parameters.timing(Profile.SMALL);
        return parameters;
    }

    /** Whether commands take time. */
    boolean isOn() {
        return on;
    }

    /** How long the flash of a drive that was made by a profile takes. */
    NandTiming timing(Profile profile) {
        String name = given.choice("timings", profile.label(), NAMED.keySet().asList());
        NandTiming timing = flat(NAMED.get(name));
        return timing.withSuspend(suspend(timing.suspend())).withRegisters(registers(timing.registers()));
    }

    private NandTiming flat(NandTiming base) {
        if (!given.has("readNanos") && !given.has("programNanos") && !given.has("eraseNanos")) {
            return base;
        }
        return NandTiming.flat(
                given.number("readNanos", base.summary().readNanos(), 0, MAX_NANOS),
                given.number("programNanos", base.summary().programNanos(), 0, MAX_NANOS),
                given.number("eraseNanos", base.summary().eraseNanos(), 0, MAX_NANOS));
    }

    private SuspendRules suspend(SuspendRules base) {
        if (!given.has("suspend")) {
            return base;
        }
        SuspendRules.Who who =
                WHO.get(given.choice("suspend", "off", WHO.keySet().asList()));
        return (base.who() == SuspendRules.Who.NONE ? SuspendRules.USUAL : base).withWho(who);
    }

    private RegisterRules registers(RegisterRules base) {
        return new RegisterRules(
                isOn("cacheRead", base.cacheRead()), base.cacheReadNanos(), isOn("cacheProgram", base.cacheProgram()));
    }

    private boolean isOn(String name, boolean byDefault) {
        return given.choice(name, byDefault ? "on" : "off", SWITCH).equals("on");
    }

    private static ImmutableMap<String, NandTiming> named() {
        ImmutableMap.Builder<String, NandTiming> named = ImmutableMap.builder();
        for (Profile each : Profile.values()) {
            named.put(each.label(), each.timing());
        }
        return named.put("planar-tlc", NandTimings.PLANAR_TLC)
                .put("planar-qlc", NandTimings.PLANAR_QLC)
                .buildOrThrow();
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
