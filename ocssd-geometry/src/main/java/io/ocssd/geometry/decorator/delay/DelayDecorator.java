package io.ocssd.geometry.decorator.delay;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.decorator.DecoratorParameters;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceDecorator;
import java.util.Locale;
import java.util.Map;

/**
 * Delays by URI: {@code delay+mem:?delay=100000&delay.lun=3:500000}. Stateless.
 *
 * <p>Parameters, times in nanoseconds: {@code delay=N} for every command; {@code delay.readNanos}, {@code
 * delay.programNanos}, {@code delay.eraseNanos} instead of it; {@code delay.lun=LUN:N+LUN:N} for what touches a LUN, beside
 * them; {@code delay.distribution=fixed|uniform|exponential} with {@code delay.seed}.
 */
public final class DelayDecorator implements DeviceDecorator {
    static final String NAME = "delay";

    private static final String READ = "readNanos";
    private static final String PROGRAM = "programNanos";
    private static final String ERASE = "eraseNanos";
    private static final String LUN = "lun";
    private static final String DISTRIBUTION = "distribution";
    private static final String SEED = "seed";
    private static final ImmutableSet<String> KNOWN =
            ImmutableSet.of(NAME, READ, PROGRAM, ERASE, LUN, DISTRIBUTION, SEED);

    /** For {@link java.util.ServiceLoader}. */
    public DelayDecorator() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FlashDevice decorate(FlashDevice inner, DeviceUri uri, Scheduler scheduler) {
        DecoratorParameters given = new DecoratorParameters(uri, NAME, KNOWN);
        long all = given.number(NAME, 0, 0, Delay.MAX_NANOS);
        String distribution = given.choice(DISTRIBUTION, "fixed", ImmutableList.of("fixed", "uniform", "exponential"));
        Delay delay = new Delay(
                given.number(READ, all, 0, Delay.MAX_NANOS),
                given.number(PROGRAM, all, 0, Delay.MAX_NANOS),
                given.number(ERASE, all, 0, Delay.MAX_NANOS),
                ImmutableList.of(),
                Delay.Distribution.valueOf(distribution.toUpperCase(Locale.ROOT)),
                given.number(SEED, 0, Long.MIN_VALUE, Long.MAX_VALUE));
        return new DelayedDevice(inner, withLuns(delay, given, inner), scheduler, given.decorated(inner));
    }

    private static Delay withLuns(Delay delay, DecoratorParameters given, FlashDevice inner) {
        if (!given.has(LUN)) {
            return delay;
        }
        int luns = inner.geometry().luns();
        String possible = "LUN:NANOSECONDS or, with plus signs, more of them; LUNs are 0 to " + (luns - 1);
        Delay all = delay;
        try {
            for (Map.Entry<Integer, Long> each :
                    Delay.parseLuns(given.text(LUN, "")).entrySet()) {
                if (each.getKey() >= luns) {
                    throw given.wrong(LUN, possible);
                }
                all = all.withLun(each.getKey(), each.getValue());
            }
        } catch (NumberFormatException e) {
            throw given.wrong(LUN, possible);
        }
        return all;
    }
}
