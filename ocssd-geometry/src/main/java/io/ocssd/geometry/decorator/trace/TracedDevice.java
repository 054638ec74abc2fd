package io.ocssd.geometry.decorator.trace;

import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardingDevice;
import io.ocssd.scheduler.Scheduler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A device whose commands are written down: time, queue, operation, addresses, priority, status, bitmap, latency.
 *
 * <p>Works over any device, and changes nothing. When the trace can't be written any more, as on a full disk, queues throw
 * {@link GoneException} rather than go on without. Thread-safe as far as the decorated device is.
 */
public final class TracedDevice extends ForwardingDevice {
    private final Trace trace;
    private final Scheduler scheduler;
    private final Closeable owned;
    private final boolean instant;

    /**
     * Writes down what is done from now on.
     *
     * @param inner is closed with this one; it stays the caller's when this throws
     * @param trace is not closed with this one
     * @param scheduler the one that {@code inner} was opened with
     * @throws IllegalStateException when the trace is of another device already
     */
    public TracedDevice(FlashDevice inner, Trace trace, Scheduler scheduler) throws IOException {
        this(inner, trace, scheduler, TraceDecorator.NAME + "+" + inner.info().uri(), () -> {});
    }

    /**
     * Opens it by URI.
     *
     * @param owned is closed with the device
     */
    TracedDevice(FlashDevice inner, Trace trace, Scheduler scheduler, String uri, Closeable owned) throws IOException {
        super(inner, uri);
        this.trace = trace;
        this.scheduler = scheduler;
        this.owned = owned;
        this.instant = inner.timings().equals(Timings.NONE);
        trace.begin(TraceHeader.of(inner, scheduler.isSimulated()));
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        return new TracedQueue(inner().openQueue(depth), instant, trace, scheduler);
    }

    @Override
    public void close() {
        super.close();
        try {
            trace.flush();
            owned.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
