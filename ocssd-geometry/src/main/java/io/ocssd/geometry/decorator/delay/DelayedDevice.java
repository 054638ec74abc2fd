package io.ocssd.geometry.decorator.delay;

import io.ocssd.device.FlashDevice;
import io.ocssd.device.IoQueue;
import io.ocssd.device.Timings;
import io.ocssd.error.GoneException;
import io.ocssd.geometry.decorator.ForwardingDevice;
import io.ocssd.scheduler.Scheduler;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A device whose completions come later, in real or in virtual time.
 *
 * <p>Works over any device. What a command does happens when it did before; only whoever waits for it waits longer. Each
 * queue draws from a seed of its own, in the order in which queues are opened: with the same seed and the same commands on
 * each queue the delays are the same. Thread-safe as far as the decorated device is.
 */
public final class DelayedDevice extends ForwardingDevice {
    private final Delay delay;
    private final Scheduler scheduler;
    private final AtomicLong queues = new AtomicLong();

    /**
     * Delays a device.
     *
     * @param inner is closed with this one; it stays the caller's when this throws
     * @param scheduler the one that {@code inner} was opened with
     * @throws IllegalArgumentException when the device has not all LUNs of the delay
     */
    public DelayedDevice(FlashDevice inner, Delay delay, Scheduler scheduler) {
        this(inner, delay, scheduler, DelayDecorator.NAME + "+" + inner.info().uri());
    }

    DelayedDevice(FlashDevice inner, Delay delay, Scheduler scheduler, String uri) {
        super(inner, uri);
        if (delay.lunNanos().size() > inner.geometry().luns()) {
            throw new IllegalArgumentException(
                    "lun=" + (delay.lunNanos().size() - 1) + " is not on this device; possible: 0.."
                            + (inner.geometry().luns() - 1));
        }
        this.delay = delay;
        this.scheduler = scheduler;
    }

    /** The times of the decorated device, and the delays. */
    @Override
    public Timings timings() {
        Timings of = super.timings();
        long lun = delay.lunNanos().stream().mapToLong(Long::longValue).max().orElse(0);
        long most = switch (delay.distribution()) {
            case FIXED -> 1;
            case UNIFORM -> 2;
            case EXPONENTIAL -> 50;
        };
        return new Timings(
                of.readNanos() + delay.readNanos(),
                of.programNanos() + delay.programNanos(),
                of.eraseNanos() + delay.eraseNanos(),
                of.maxReadNanos() + most * (delay.readNanos() + lun),
                of.maxProgramNanos() + most * (delay.programNanos() + lun),
                of.maxEraseNanos() + most * (delay.eraseNanos() + lun));
    }

    @Override
    public IoQueue openQueue(int depth) throws GoneException {
        long seed = delay.seed() + queues.getAndIncrement() * 0x9E37_79B9_7F4A_7C15L;
        return new DelayedQueue(inner().openQueue(depth), geometry(), delay, scheduler, seed);
    }
}
