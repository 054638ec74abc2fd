package io.ocssd.geometry.decorator.statistics;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.decorator.DecoratorParameters;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceDecorator;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Statistics by URI: {@code statistics+emu:drive.img?statistics=FILE}. Stateless.
 *
 * <p>Parameters: {@code statistics=FILE}, where they are written as a table when the device is closed. A file of statistics that
 * is there already is written over then; anything else is refused when the device is opened, and so is a file that can't be
 * written. A program gets at the figures by {@link StatisticsDevice#snapshot()} when the decorator is the outermost one.
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
    public FlashDevice decorate(FlashDevice inner, DeviceUri uri, Scheduler scheduler) throws IOException {
        DecoratorParameters given = new DecoratorParameters(uri, NAME, ImmutableSet.of(NAME));
        if (!given.has(NAME)) {
            return new StatisticsDevice(inner, scheduler, null, given.decorated(inner));
        }
        if (given.text(NAME, "").isEmpty()) {
            throw new IllegalArgumentException(
                    "statistics= names no file: where the table goes when the device is closed");
        }
        StatisticsFile file = StatisticsFile.open(Path.of(given.text(NAME, "")));
        try {
            return new StatisticsDevice(inner, scheduler, file, given.decorated(inner));
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }
}
