package io.ocssd.geometry.decorator.trace;

import com.google.common.collect.ImmutableSet;
import io.ocssd.device.DeviceUri;
import io.ocssd.device.FlashDevice;
import io.ocssd.geometry.decorator.DecoratorParameters;
import io.ocssd.scheduler.Scheduler;
import io.ocssd.spi.DeviceDecorator;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Traces by URI: {@code trace+emu:drive.img?trace=FILE}. Stateless.
 *
 * <p>Parameters: {@code trace=FILE}, where the trace goes; it must be given. {@link TraceReader} reads it.
 */
public final class TraceDecorator implements DeviceDecorator {
    static final String NAME = "trace";

    /** For {@link java.util.ServiceLoader}. */
    public TraceDecorator() {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FlashDevice decorate(FlashDevice inner, DeviceUri uri, Scheduler scheduler) throws IOException {
        DecoratorParameters given = new DecoratorParameters(uri, NAME, ImmutableSet.of(NAME));
        if (given.text(NAME, "").isEmpty()) {
            throw new IllegalArgumentException("trace+ needs trace=FILE: where the trace goes");
        }
        Trace trace = Trace.toFile(Path.of(given.text(NAME, "")));
        try {
            return new TracedDevice(inner, trace, scheduler, given.decorated(inner), trace);
        } catch (IOException | RuntimeException e) {
            trace.close();
            throw e;
        }
    }
}
