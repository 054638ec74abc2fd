package io.ocssd.geometry.decorator.statistics;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.decorator.DecoratorParameters;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceDecorator;
import java.nio.file.Path;

/**
 * Statistics by URI: {@code statistics+emu:drive.img?statistics=FILE}. Stateless.
 *
 * <p>Parameters: {@code statistics=FILE}, where they are written as a table when the device is closed. A program gets at them
 * by {@link StatisticsDevice#snapshot()} when the decorator is the outermost one.
 */
public final class StatisticsDecorator implements DeviceDecorator {
    static final String NAME = "statistics";

    /** For {@link java.util.ServiceLoader}. */
    public StatisticsDecorator() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FlashDevice decorate(FlashDevice inner, DeviceUri uri, Scheduler scheduler) {
        DecoratorParameters given = new DecoratorParameters(uri, NAME, ImmutableSet.of(NAME));
        Path file = given.has(NAME) ? Path.of(given.text(NAME, "")) : null;
        return new StatisticsDevice(inner, scheduler, file, given.decorated(inner));
    }
}
